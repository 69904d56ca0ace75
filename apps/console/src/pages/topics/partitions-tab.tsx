// SPDX-License-Identifier: Apache-2.0
/** The partitions of a topic: who leads them, who follows, which offsets they have. */
import type { PartitionAnswer } from '@kaas/http-contract'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { topicPartitionsQuery } from '../../data/kafka-topics.ts'
import { formatCount } from '../../format/numbers.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { Quantity } from '../../parts/quantity.tsx'
import { QueryStates } from '../../parts/states.tsx'
import { StatusMark } from '../../parts/status-mark.tsx'
import { healthOf, recordsOf } from './partition-sums.ts'
import { topicPath } from './topic-path.ts'

const VALUES = {
  id: ({ id }: PartitionAnswer) => id,
  leader: ({ leader }: PartitionAnswer) => leader,
  records: (partition: PartitionAnswer) => Number(recordsOf(partition) ?? -1n),
  bytes: ({ bytes }: PartitionAnswer) => bytes,
}

export function PartitionsTab({ tenant, topic }: { readonly tenant: string; readonly topic: string }) {
  const query = useQuery(topicPartitionsQuery(tenant, topic))
  const state = useTableState('id')
  const columns = useMemo(() => columnsFor(topicPath(tenant, topic)), [tenant, topic])
  return (
    <QueryStates query={query}>
      {({ partitions, problem }) => (
        <>
          <PartialNotice problem={problem} />
          <DataTable
            id="partitions"
            label="Partitions"
            columns={columns}
            rows={sortRows(partitions, state.sort, VALUES)}
            rowKey={({ id }) => String(id)}
            state={state}
          />
        </>
      )}
    </QueryStates>
  )
}

function columnsFor(path: string): readonly Column<PartitionAnswer>[] {
  return [
    {
      id: 'id',
      header: 'Partition',
      sort: 'id',
      width: '100px',
      text: ({ id }) => String(id),
      cell: ({ id }) => (
        <Anchor component={Link} to={path} search={{ partitions: String(id) } as never}>
          {id}
        </Anchor>
      ),
    },
    ...COLUMNS,
  ]
}

const COLUMNS: readonly Column<PartitionAnswer>[] = [
  { id: 'health', header: 'Health', width: '150px', text: healthOf, cell: (partition) => <Health partition={partition} /> },
  { id: 'leader', header: 'Leader', sort: 'leader', width: '90px', align: 'end', text: ({ leader }) => String(leader) },
  { id: 'replicas', header: 'Replicas', width: 'minmax(110px, 1fr)', text: ({ replicas }) => replicas.join(', ') },
  { id: 'inSync', header: 'In sync', width: 'minmax(110px, 1fr)', text: ({ inSync }) => inSync.join(', ') },
  offsetColumn('earliest', 'First offset', ({ earliest }) => earliest),
  offsetColumn('latest', 'Next offset', ({ latest }) => latest),
  { ...offsetColumn('records', 'Records', (partition) => recordsOf(partition)?.toString()), sort: 'records' },
  {
    id: 'bytes',
    header: 'Size',
    sort: 'bytes',
    width: '100px',
    align: 'end',
    text: ({ bytes }) => String(bytes ?? ''),
    cell: ({ bytes }) => <Quantity value={bytes} unit="bytes" />,
  },
]

function offsetColumn(
  id: string,
  header: string,
  value: (partition: PartitionAnswer) => string | undefined,
): Column<PartitionAnswer> {
  return {
    id,
    header,
    width: '120px',
    align: 'end',
    text: (partition) => value(partition) ?? '',
    cell: (partition) => {
      const text = value(partition)
      return text === undefined ? '–' : formatCount(BigInt(text))
    },
  }
}

function Health({ partition }: { readonly partition: PartitionAnswer }) {
  const health = healthOf(partition)
  switch (health) {
    case 'good':
      return <StatusMark standing="good" word="In sync" />
    case 'behind':
      return <StatusMark standing="bad" word="Behind" detail="Fewer copies are in sync than there should be." />
    case 'leaderless':
      return <StatusMark standing="bad" word="No leader" detail="Nobody can write to it or read from it now." />
    default:
      return health satisfies never
  }
}
