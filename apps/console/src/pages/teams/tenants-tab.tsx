// SPDX-License-Identifier: Apache-2.0
/** The tenants of a team. */
import type { ResourceItem } from '../../data/resources.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { Empty } from '../../parts/states.tsx'
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
  return (
    <ResourceTable
      kind="Tenant"
      id="team-tenants"
      label={`Tenants of ${team}`}
      columns={COLUMNS}
      only={`spec.team=${team}`}
      pathOf={(name) => `/tenants/${name}`}
      empty={<Empty title="The team owns no tenant" />}
    />
  )
}
