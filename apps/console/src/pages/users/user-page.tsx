// SPDX-License-Identifier: Apache-2.0
/** One user: what it may do, whether it may do one thing, its passwords, its document. */
import { proofOf } from '@kaas/domain'
import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { type ResourceItem, resourceQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { CredentialsPanel } from '../../parts/credentials/credentials-panel.tsx'
import { DocumentEditor } from '../../parts/document-editor.tsx'
import { Page } from '../../parts/page.tsx'
import { PageTabs } from '../../parts/page-tabs.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { ResourceStatus } from '../../parts/status-mark.tsx'
import { aboveInTenant } from '../../parts/tenant-sections.tsx'
import { AccessTab } from './access-tab.tsx'
import { DeleteUser } from './delete-user.tsx'
import { AUTHENTICATION_WORDS } from './new-user.ts'

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
  const { name } = user.metadata
  const mayEdit = may({ verb: 'write', kind: 'User' })
  const passwords = <CredentialsPanel tenant={tenant} user={name} mayChange={may({ verb: 'write', kind: 'Credential' })} />
  const document = <DocumentEditor reference={{ kind: 'User', tenant, name }} resource={user} mayEdit={mayEdit} />
  const hasPasswords = proofOf(user.spec.authentication) === undefined
  const tabs = [
    { id: 'rights', label: 'Rights', content: <AccessTab tenant={tenant} user={user} mayEdit={mayEdit} /> },
    ...(hasPasswords ? [{ id: 'passwords', label: 'Passwords', content: passwords }] : []),
    { id: 'yaml', label: 'YAML', content: document },
  ]
  return <PageTabs tabs={tabs} />
}
