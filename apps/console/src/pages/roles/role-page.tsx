// SPDX-License-Identifier: Apache-2.0
/** One role, of the product or own: what it gives, who has it, and for an own one its document. */
import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParam } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { shippedRolesQuery } from '../../data/rights.ts'
import { useMay } from '../../data/session.ts'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { BindingTable } from '../../parts/rights/binding-table.tsx'
import { DeleteRight } from '../../parts/rights/delete-right.tsx'
import { GiveRole } from '../../parts/rights/give-role.tsx'
import { RuleTable } from '../../parts/rights/rule-table.tsx'
import { QueryStates } from '../../parts/states.tsx'

const ABOVE = [{ label: 'Roles', to: '/roles' }]

export function RolePage() {
  const name = useParam('role')
  const query = useQuery(shippedRolesQuery)
  return (
    <QueryStates query={query}>
      {(shipped) => {
        const role = shipped.find((each) => each.name === name)
        if (role === undefined) return <OwnRolePage name={name} />
        return (
          <Page title={name} above={ABOVE} lead={role.description} actions={<GiveRole given={{ role: name }} />}>
            <Stack gap="md">
              <RuleTable rules={role.rules} />
              <Bindings role={name} />
            </Stack>
          </Page>
        )
      }}
    </QueryStates>
  )
}

function OwnRolePage({ name }: { readonly name: string }) {
  const query = useQuery(resourceQuery({ kind: 'Role', name }))
  const mayDelete = useMay()({ verb: 'delete', kind: 'Role' }, {})
  const remove = mayDelete && (
    <DeleteRight kind="Role" name={name} what={`the role "${name}"`} next="/roles?tab=own">
      No binding may name it any more.
    </DeleteRight>
  )
  return (
    <Page
      title={name}
      above={ABOVE}
      lead={query.data?.spec.description}
      actions={
        query.data !== undefined && (
          <>
            {remove}
            <GiveRole given={{ role: name }} />
          </>
        )
      }
    >
      <QueryStates query={query}>{(role) => <OwnRole role={role} />}</QueryStates>
    </Page>
  )
}

function OwnRole({ role }: { readonly role: ResourceItem<'Role'> }) {
  const { name } = role.metadata
  const mayEdit = useMay()({ verb: 'write', kind: 'Role' }, {})
  return (
    <Stack gap="md">
      <RuleTable rules={role.spec.rules} />
      <DocumentEditor reference={{ kind: 'Role', name }} resource={role} mayEdit={mayEdit} />
      <Bindings role={name} />
    </Stack>
  )
}

function Bindings({ role }: { readonly role: string }) {
  return (
    <section aria-labelledby="bindings">
      <Title order={2} size="h4" id="bindings" mb="xs">
        Who has it
      </Title>
      <BindingTable only={`spec.role=${role}`} action={<GiveRole given={{ role }} />} />
    </section>
  )
}
