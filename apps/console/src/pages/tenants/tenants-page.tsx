// SPDX-License-Identifier: Apache-2.0
/** All tenants that the person may see: found, sorted and paged by the server. */
import { Badge, Button, Group } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Failed } from '../../parts/states.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'

type Tenant = ResourceItem<'Tenant'>

const COLUMNS: readonly Column<Tenant>[] = [
  nameColumn('/tenants', 'minmax(180px, 2fr)'),
  {
    id: 'status',
    header: 'Status',
    width: '150px',
    text: (tenant) => standingOf(tenant).word,
    cell: (tenant) => <ResourceStatus resource={tenant} />,
  },
  { id: 'team', header: 'Team', width: 'minmax(110px, 1fr)', text: ({ spec }) => spec.team },
  { id: 'environment', header: 'Environment', width: '120px', text: ({ spec }) => spec.environment },
  { id: 'isolation', header: 'Isolation', width: '110px', text: ({ spec }) => spec.isolation },
  { id: 'produce', header: 'Produce', width: '100px', align: 'end', text: ({ spec }) => spec.workload.produce },
  { id: 'retention', header: 'Retention', width: '100px', align: 'end', text: ({ spec }) => spec.workload.retention },
  {
    id: 'labels',
    header: 'Labels',
    width: 'minmax(140px, 2fr)',
    text: ({ metadata }) => labelsOf(metadata.labels).join(' '),
    cell: ({ metadata }) => (
      <Group gap={4} wrap="nowrap">
        {labelsOf(metadata.labels).map((label) => (
          <Badge key={label} variant="default" tt="none" fw={500} size="sm">
            {label}
          </Badge>
        ))}
      </Group>
    ),
  },
  {
    id: 'created',
    header: 'Created',
    sort: 'createdAt',
    width: '130px',
    hidden: true,
    text: ({ metadata }) => metadata.createdAt,
    cell: ({ metadata }) => <Moment at={metadata.createdAt} />,
  },
  changedColumn(),
]

export function TenantsPage() {
  const may = useMay()
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...resourceListQuery('Tenant', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  const order = may({ verb: 'write', kind: 'Tenant' }) && (
    <Button component={Link} to="/order" leftSection={<Plus size={15} aria-hidden />}>
      Order a tenant
    </Button>
  )
  return (
    <Page title="Tenants" actions={order}>
      {list.error !== null && rows.length === 0 ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <DataTable
          id="tenants"
          label="Tenants"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ metadata }) => metadata.name}
          state={state}
          more={more}
          onOpen={({ metadata }) => void navigate({ to: `/tenants/${metadata.name}` })}
          loadAll={() => loadAllResources('Tenant', options)}
          tools={
            <FilterBox
              value={state.filter}
              onChange={(filter) => state.change({ filter })}
              placeholder="Name, or labels.app=shop, ready=false"
            />
          }
          empty={<NoTenants filter={state.filter} action={order} />}
        />
      )}
    </Page>
  )
}

function NoTenants({ filter, action }: { readonly filter: string; readonly action: React.ReactNode }) {
  return filter === '' ? (
    <Empty title="No tenants yet" action={action}>
      A tenant is a Kafka of your own: an address, topics, users and limits. Order the first one; it takes seconds.
    </Empty>
  ) : (
    <Empty title="No tenant fits the filter">Words are parts of names. Terms such as labels.app=shop go beside them.</Empty>
  )
}

function labelsOf(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).map(([name, value]) => (value === '' ? name : `${name}=${value}`))
}
