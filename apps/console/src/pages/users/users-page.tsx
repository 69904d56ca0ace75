// SPDX-License-Identifier: Apache-2.0
/** The users of a tenant: identities with which applications log in to Kafka. Found, sorted and paged by the server. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { userColumns } from './user-columns.tsx'
import { userPath } from './user-path.ts'

export function UsersPage() {
  const tenant = useParam('tenant')
  const may = useMayInTenant(tenant)
  const columns = useMemo(() => userColumns(tenant), [tenant])
  const create = may({ verb: 'write', kind: 'User' }) && (
    <Button component={Link} to={`/tenants/${tenant}/new-user`} leftSection={<Plus size={15} aria-hidden />}>
      Create a user
    </Button>
  )
  return (
    <Page
      title="Users"
      above={aboveInTenant(tenant)}
      actions={create}
      lead="With which applications log in to Kafka, and what they may do there."
    >
      <TenantSections tenant={tenant} />
      <ResourceTable
        kind="User"
        id="users"
        label="Users"
        tenant={tenant}
        columns={columns}
        pathOf={(name) => userPath(tenant, name)}
        example="labels.app=shop, ready=false"
        empty={<NoUsers create={create} />}
      />
    </Page>
  )
}

function NoUsers({ create }: { readonly create: React.ReactNode }) {
  return (
    <Empty title="No users yet" action={create}>
      An application needs a user to log in. Give each application its own, so that one can be stopped without the others.
    </Empty>
  )
}
