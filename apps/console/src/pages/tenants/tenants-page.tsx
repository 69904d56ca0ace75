// SPDX-License-Identifier: Apache-2.0
/** All tenants that the person may see: found, sorted and paged by the server. */
import { Badge, Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ResourceItem } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'
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
  const order = may({ verb: 'write', kind: 'Tenant' }) && (
    <Button component={Link} to="/order" leftSection={<Plus size={15} aria-hidden />}>
      Order a tenant
    </Button>
  )
  return (
    <Page title="Tenants" actions={order}>
      <ResourceTable
        kind="Tenant"
        id="tenants"
        label="Tenants"
        columns={COLUMNS}
        pathOf={(name) => `/tenants/${name}`}
        example="labels.app=shop, ready=false"
        empty={
          <Empty title="No tenants yet" action={order}>
            A tenant is a Kafka of your own: an address, topics, users and limits. Order the first one; it takes seconds.
          </Empty>
        }
      />
    </Page>
  )
}

function labelsOf(labels: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(labels).map(([name, value]) => (value === '' ? name : `${name}=${value}`))
}
