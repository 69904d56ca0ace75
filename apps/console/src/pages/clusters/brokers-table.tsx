// SPDX-License-Identifier: Apache-2.0
/** The brokers of a cluster: what each carries and leads, and where it lags. */
import type { ClusterView } from '@kaas/http-contract'
import { Badge, Group } from '@mantine/core'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Quantity } from '../../parts/quantity.tsx'
import { Empty } from '../../parts/states.tsx'
import { StatusMark } from '../../parts/status-mark.tsx'

type Broker = ClusterView['brokers'][number]

const COLUMNS: readonly Column<Broker>[] = [
  {
    id: 'id',
    header: 'Broker',
    sort: 'id',
    width: '150px',
    text: ({ id, controller }) => (controller ? `${id} (controller)` : String(id)),
    cell: ({ id, controller }) => (
      <Group gap={6} wrap="nowrap">
        {/* A bare 0 would be left out by Group. */}
        <span>{id}</span>
        {controller && (
          <Badge variant="default" size="sm" tt="none" fw={500}>
            controller
          </Badge>
        )}
      </Group>
    ),
  },
  { id: 'address', header: 'Address', width: 'minmax(180px, 2fr)', text: ({ host, port }) => `${host}:${port}` },
  { id: 'rack', header: 'Rack', sort: 'rack', width: '110px', text: ({ rack }) => rack ?? '–' },
  {
    id: 'partitions',
    header: 'Replicas',
    sort: 'partitions',
    width: '110px',
    align: 'end',
    text: ({ partitions }) => String(partitions),
    cell: ({ partitions }) => <Quantity value={partitions} unit="count" />,
  },
  {
    id: 'leaders',
    header: 'Leads',
    sort: 'leaders',
    width: '100px',
    align: 'end',
    text: ({ leaders }) => String(leaders),
    cell: ({ leaders }) => <Quantity value={leaders} unit="count" />,
  },
  {
    id: 'underReplicated',
    header: 'Under-replicated',
    sort: 'underReplicated',
    width: '170px',
    text: ({ underReplicated }) => String(underReplicated),
    cell: ({ underReplicated }) => (
      <StatusMark
        standing={underReplicated === 0 ? 'good' : 'busy'}
        word={underReplicated === 0 ? 'None' : String(underReplicated)}
      />
    ),
  },
  {
    id: 'bytes',
    header: 'On disk',
    sort: 'bytes',
    width: '110px',
    align: 'end',
    text: ({ bytes }) => String(bytes ?? '–'),
    cell: ({ bytes }) => <Quantity value={bytes} unit="bytes" />,
  },
]

const ORDERS = {
  id: ({ id }: Broker) => id,
  rack: ({ rack }: Broker) => rack,
  partitions: ({ partitions }: Broker) => partitions,
  leaders: ({ leaders }: Broker) => leaders,
  underReplicated: ({ underReplicated }: Broker) => underReplicated,
  bytes: ({ bytes }: Broker) => bytes,
}

export function BrokersTable({ brokers }: { readonly brokers: readonly Broker[] }) {
  const state = useTableState('id')
  return (
    <DataTable
      id="brokers"
      label="Brokers"
      columns={COLUMNS}
      rows={sortRows(brokers, state.sort, ORDERS)}
      rowKey={({ id }) => String(id)}
      state={state}
      empty={<Empty title="No broker is known">The cluster has not answered yet.</Empty>}
    />
  )
}
