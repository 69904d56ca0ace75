// SPDX-License-Identifier: Apache-2.0
/** The consumer groups of a tenant with their lag. Sorted, found and paged by the server. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useParam } from '../../browser/use-url-state.ts'
import { filterFor } from '../../data/filter-text.ts'
import { groupsQuery } from '../../data/groups.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { aboveInTenant, TenantSections } from '../../parts/tenant-sections.tsx'
import { groupColumns } from './group-columns.tsx'
import { groupPath } from './group-path.ts'

export function GroupsPage() {
  const tenant = useParam('tenant')
  return (
    <Page
      title="Groups"
      above={aboveInTenant(tenant)}
      lead="Consumers that share the reading of topics, and how far behind they are."
    >
      <TenantSections tenant={tenant} />
      <GroupsTable tenant={tenant} />
    </Page>
  )
}

function GroupsTable({ tenant }: { readonly tenant: string }) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const list = useInfiniteQuery({
    ...groupsQuery(tenant, { sort: state.sort, filter: filterFor(state.filter) }),
    ...KEEP_ROWS,
  })
  const { rows, more } = useRows(list)
  const columns = useMemo(() => groupColumns(tenant), [tenant])
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  const first = list.data?.pages[0]
  return (
    <>
      <PartialNotice problem={first?.problem} />
      <DataTable
        id="groups"
        label="Groups"
        columns={columns}
        rows={rows}
        rowKey={({ group }) => group}
        state={state}
        more={more}
        total={first?.total}
        onOpen={({ group }) => void navigate({ to: groupPath(tenant, group) })}
        tools={
          <FilterBox
            value={state.filter}
            onChange={(filter) => state.change({ filter })}
            placeholder="Name, or lag>1000, state=Empty"
          />
        }
        empty={<NoGroups filter={state.filter} />}
      />
    </>
  )
}

function NoGroups({ filter }: { readonly filter: string }) {
  return filter === '' ? (
    <Empty title="No groups yet">
      A group is there as soon as a consumer with a group.id connects. Its members, offsets and lag show here.
    </Empty>
  ) : (
    <Empty title="No group fits the filter">Words are parts of names. Terms such as lag&gt;1000 go beside them.</Empty>
  )
}
