// SPDX-License-Identifier: Apache-2.0
/** The tenants that live on a cluster, with what each was promised of it. */
import { type PlanLimits, planLimitsSchema } from '@kaas/domain'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { tenantsOnQuery } from '../../data/platform.ts'
import type { ResourceItem } from '../../data/resources.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Quantity, type Unit } from '../../parts/quantity.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'

type Tenant = ResourceItem<'Tenant'>

function limitsOf({ status }: Tenant): PlanLimits | undefined {
  return planLimitsSchema.safeParse(status?.observed.limits).data
}

function limitColumn(id: string, header: string, unit: Unit, read: (limits: PlanLimits) => number): Column<Tenant> {
  const value = (tenant: Tenant) => {
    const limits = limitsOf(tenant)
    return limits === undefined ? undefined : read(limits)
  }
  return {
    id,
    header,
    sort: id,
    width: '120px',
    align: 'end',
    text: (tenant) => String(value(tenant) ?? '–'),
    cell: (tenant) => <Quantity value={value(tenant)} unit={unit} />,
  }
}

const COLUMNS: readonly Column<Tenant>[] = [
  {
    id: 'name',
    header: 'Tenant',
    sort: 'name',
    width: 'minmax(160px, 2fr)',
    text: ({ metadata }) => metadata.name,
    cell: ({ metadata }) => (
      <Anchor component={Link} to={`/tenants/${metadata.name}`} fw={500}>
        {metadata.name}
      </Anchor>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: '150px',
    text: (tenant) => standingOf(tenant).word,
    cell: (tenant) => <ResourceStatus resource={tenant} />,
  },
  { id: 'team', header: 'Team', sort: 'team', width: 'minmax(110px, 1fr)', text: ({ spec }) => spec.team },
  limitColumn('produce', 'Produce', 'bytesPerSecond', ({ produceBytesPerSecond }) => produceBytesPerSecond),
  limitColumn('consume', 'Consume', 'bytesPerSecond', ({ consumeBytesPerSecond }) => consumeBytesPerSecond),
  limitColumn('storage', 'Storage', 'bytes', ({ storageBytes }) => storageBytes),
  limitColumn('partitions', 'Partitions', 'count', ({ partitions }) => partitions),
]

const ORDERS = {
  name: ({ metadata }: Tenant) => metadata.name,
  team: ({ spec }: Tenant) => spec.team,
  produce: (tenant: Tenant) => limitsOf(tenant)?.produceBytesPerSecond,
  consume: (tenant: Tenant) => limitsOf(tenant)?.consumeBytesPerSecond,
  storage: (tenant: Tenant) => limitsOf(tenant)?.storageBytes,
  partitions: (tenant: Tenant) => limitsOf(tenant)?.partitions,
}

export function PlacedTenants({ cluster }: { readonly cluster: string }) {
  const query = useQuery(tenantsOnQuery(cluster))
  return <QueryStates query={query}>{(tenants) => <TenantTable tenants={tenants} />}</QueryStates>
}

function TenantTable({ tenants }: { readonly tenants: readonly Tenant[] }) {
  const state = useTableState('name', 'tenant-')
  return (
    <DataTable
      id="placed-tenants"
      label="Tenants of the cluster"
      columns={COLUMNS}
      rows={sortRows(tenants, state.sort, ORDERS)}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      empty={<Empty title="Nobody lives here">Tenants are placed where they fit best, or where their order says.</Empty>}
    />
  )
}
