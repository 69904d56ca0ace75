// SPDX-License-Identifier: Apache-2.0
/** Roles that somebody here has made. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { counted } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty, Failed } from '../../parts/states.tsx'

const COLUMNS: readonly Column<ResourceItem<'Role'>>[] = [
  nameColumn('/roles', 'minmax(160px, 1fr)'),
  { id: 'description', header: 'Description', width: 'minmax(200px, 3fr)', text: ({ spec }) => spec.description },
  { id: 'rules', header: 'Rules', width: '110px', text: ({ spec }) => counted(spec.rules.length, 'rule') },
]

export function OwnRoles() {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...resourceListQuery('Role', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id="roles"
      label="Own roles"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: `/roles/${metadata.name}` })}
      loadAll={() => loadAllResources('Role', options)}
      tools={<FilterBox value={state.filter} onChange={(filter) => state.change({ filter })} placeholder="Name" />}
      empty={
        <Empty title="No own roles">The roles of the product are enough for most. Make one for what they do not fit.</Empty>
      }
    />
  )
}
