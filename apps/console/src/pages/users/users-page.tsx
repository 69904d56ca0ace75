// SPDX-License-Identifier: Apache-2.0
/** The users of a tenant: identities with which applications log in to Kafka. Found, sorted and paged by the server. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, resourceListQuery } from '../../data/resources.ts'
import { useMayInTenant } from '../../data/tenant-place.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { userColumns } from './user-columns.tsx'
import { userPath } from './user-path.ts'

export function UsersPage() {
  const tenant = useParam('tenant')
  const may = useMayInTenant(tenant)
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
      <UsersTable tenant={tenant} create={create} />
    </Page>
  )
}

function UsersTable({ tenant, create }: { readonly tenant: string; readonly create: React.ReactNode }) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { tenant, sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...resourceListQuery('User', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  const columns = useMemo(() => userColumns(tenant), [tenant])
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id="users"
      label="Users"
      columns={columns}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: userPath(tenant, metadata.name) })}
      loadAll={() => loadAllResources('User', options)}
      tools={
        <FilterBox
          value={state.filter}
          onChange={(filter) => state.change({ filter })}
          placeholder="Name, or labels.app=shop, ready=false"
        />
      }
      empty={<NoUsers filter={state.filter} create={create} />}
    />
  )
}

function NoUsers({ filter, create }: { readonly filter: string; readonly create: React.ReactNode }) {
  return filter === '' ? (
    <Empty title="No users yet" action={create}>
      An application needs a user to log in. Give each application its own, so that one can be stopped without the others.
    </Empty>
  ) : (
    <Empty title="No user fits the filter">Words are parts of names. Terms such as labels.app=shop go beside them.</Empty>
  )
}
