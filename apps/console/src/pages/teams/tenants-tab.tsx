// SPDX-License-Identifier: Apache-2.0
/** The tenants of a team. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty, Failed } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'

const COLUMNS: readonly Column<ResourceItem<'Tenant'>>[] = [
  nameColumn('/tenants', 'minmax(180px, 2fr)'),
  {
    id: 'status',
    header: 'Status',
    width: '150px',
    text: (tenant) => standingOf(tenant).word,
    cell: (tenant) => <ResourceStatus resource={tenant} />,
  },
  { id: 'environment', header: 'Environment', width: '140px', text: ({ spec }) => spec.environment },
  { id: 'produce', header: 'Produce', width: '110px', align: 'end', text: ({ spec }) => spec.workload.produce },
]

export function TenantsTab({ team }: { readonly team: string }) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: `spec.team=${team}` }
  const list = useInfiniteQuery({ ...resourceListQuery('Tenant', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id="team-tenants"
      label={`Tenants of ${team}`}
      columns={COLUMNS}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: `/tenants/${metadata.name}` })}
      loadAll={() => loadAllResources('Tenant', options)}
      empty={<Empty title="The team owns no tenant" />}
    />
  )
}
