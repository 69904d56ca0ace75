// SPDX-License-Identifier: Apache-2.0
/** One user: what it may do, whether it may do one thing, its passwords, its document. */
import { proofOf } from '@kaas/domain'
import { Button, Group, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useParam, useUrlState } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { CredentialsPanel } from '../../parts/credentials/credentials-panel.tsx'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { AccessTab } from './access-tab.tsx'
import { DeleteUser } from './delete-user.tsx'
import { AUTHENTICATION_WORDS } from './new-user.ts'

const DEFAULTS = { tab: 'rights' }

export function UserPage() {
  const tenant = useParam('tenant')
  const name = useParam('user')
  const query = useQuery(resourceQuery({ kind: 'User', tenant, name }))
  const user = query.data
  return (
    <Page
      title={name}
      above={aboveInTenant(tenant, { label: 'Users', path: '/users' })}
      beside={user !== undefined && <ResourceStatus resource={user} />}
      lead={user !== undefined && leadOf(tenant, user)}
      actions={user !== undefined && <Actions tenant={tenant} user={name} />}
    >
      <QueryStates query={query}>{(found) => <UserTabs tenant={tenant} user={found} />}</QueryStates>
    </Page>
  )
}

function leadOf(tenant: string, { metadata, spec }: ResourceItem<'User'>): string {
  const quotas = [
    ...(spec.quotas.produce === undefined ? [] : [`writes at most ${spec.quotas.produce}`]),
    ...(spec.quotas.consume === undefined ? [] : [`reads at most ${spec.quotas.consume}`]),
  ]
  return [`${tenant}.${metadata.name} to Kafka`, AUTHENTICATION_WORDS[spec.authentication], ...quotas].join(' · ')
}

function Actions({ tenant, user }: { readonly tenant: string; readonly user: string }) {
  const may = useMayInTenant(tenant)
  const [isAsking, setAsking] = useState(false)
  return (
    <Group gap="xs">
      {may({ verb: 'read', kind: 'Credential' }) && (
        <Button component={Link} to={`/tenants/${tenant}/connect`} search={{ user } as never}>
          Connect
        </Button>
      )}
      {may({ verb: 'delete', kind: 'User' }) && (
        <Button variant="default" onClick={() => setAsking(true)}>
          Delete
        </Button>
      )}
      <DeleteUser tenant={tenant} user={user} opened={isAsking} onClose={() => setAsking(false)} />
    </Group>
  )
}

function UserTabs({ tenant, user }: { readonly tenant: string; readonly user: ResourceItem<'User'> }) {
  const may = useMayInTenant(tenant)
  const [{ tab }, change] = useUrlState(DEFAULTS)
  const { name } = user.metadata
  const mayEdit = may({ verb: 'write', kind: 'User' })
  const passwords = <CredentialsPanel tenant={tenant} user={name} mayChange={may({ verb: 'write', kind: 'Credential' })} />
  const document = <DocumentEditor reference={{ kind: 'User', tenant, name }} resource={user} mayEdit={mayEdit} />
  const tabs: readonly (readonly [string, string, ReactNode])[] = [
    ['rights', 'Rights', <AccessTab key="rights" tenant={tenant} user={user} mayEdit={mayEdit} />],
    ...(proofOf(user.spec.authentication) === undefined ? ([['passwords', 'Passwords', passwords]] as const) : []),
    ['yaml', 'YAML', document],
  ]
  const shown = tabs.some(([id]) => id === tab) ? tab : DEFAULTS.tab
  return (
    <Tabs value={shown} onChange={(next) => change({ tab: next ?? DEFAULTS.tab }, 'step')} keepMounted={false}>
      <Tabs.List>
        {tabs.map(([id, label]) => (
          <Tabs.Tab key={id} value={id}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(([id, , content]) => (
        <Tabs.Panel key={id} value={id} pt="sm">
          {content}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
