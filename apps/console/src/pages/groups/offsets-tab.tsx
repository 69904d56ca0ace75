// SPDX-License-Identifier: Apache-2.0
/** Where a group stands in each partition. Asked for anew every few seconds while somebody looks. */
import type { GroupAnswer, GroupOffset } from '@kaas/http-contract'
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { formatCount } from '../../format/numbers.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Lag } from '../../parts/lag.tsx'
import { Empty } from '../../parts/states.tsx'

const VALUES = {
  topic: ({ topic, partition }: GroupOffset) => `${topic} ${String(partition).padStart(6, '0')}`,
  lag: ({ lag }: GroupOffset) => (lag === undefined ? undefined : Number(lag)),
  committed: ({ committed }: GroupOffset) => (committed === undefined ? undefined : Number(committed)),
}

export function OffsetsTab({ tenant, group }: { readonly tenant: string; readonly group: GroupAnswer }) {
  const state = useTableState('topic')
  const columns = useMemo(() => columnsFor(tenant, group), [tenant, group])
  const words = state.filter.toLowerCase()
  const rows = group.offsets.filter(({ topic }) => topic.toLowerCase().includes(words))
  return (
    <DataTable
      id="offsets"
      label="Partitions"
      columns={columns}
      rows={sortRows(rows, state.sort, VALUES)}
      rowKey={({ topic, partition }) => `${topic} ${partition}`}
      state={state}
      tools={
        <FilterBox
          value={state.filter}
          onChange={(filter) => state.change({ filter })}
          placeholder="Part of a topic’s name"
        />
      }
      empty={<Empty title="No offsets">The group has committed none{words === '' ? ' yet' : ' in such a topic'}.</Empty>}
    />
  )
}

function columnsFor(tenant: string, group: GroupAnswer): readonly Column<GroupOffset>[] {
  const clientOf = new Map(group.members.map(({ id, clientId }) => [id, clientId]))
  return [
    {
      id: 'topic',
      header: 'Topic',
      sort: 'topic',
      width: 'minmax(180px, 2fr)',
      text: ({ topic }) => topic,
      cell: ({ topic }) => (
        <Anchor component={Link} to={`/tenants/${tenant}/topics/${encodeURIComponent(topic)}`}>
          {topic}
        </Anchor>
      ),
    },
    { id: 'partition', header: 'Partition', width: '90px', align: 'end', text: ({ partition }) => String(partition) },
    {
      id: 'lag',
      header: 'Lag',
      sort: 'lag',
      width: '110px',
      align: 'end',
      text: ({ lag }) => lag ?? '',
      cell: ({ lag }) => <Lag lag={lag} />,
    },
    { ...offsetColumn('committed', 'Committed', ({ committed }) => committed), sort: 'committed' },
    offsetColumn('latest', 'Next written', ({ latest }) => latest),
    {
      id: 'member',
      header: 'Read by',
      width: 'minmax(150px, 1fr)',
      text: ({ member = '' }) => clientOf.get(member) ?? member,
      cell: ({ member = '' }) => <span title={member}>{clientOf.get(member) ?? (member || 'nobody')}</span>,
    },
    placeColumn(tenant),
  ]
}

function offsetColumn(id: string, header: string, value: (row: GroupOffset) => string | undefined): Column<GroupOffset> {
  return {
    id,
    header,
    width: '120px',
    align: 'end',
    text: (row) => value(row) ?? '',
    cell: (row) => {
      const text = value(row)
      return text === undefined ? '–' : formatCount(BigInt(text))
    },
  }
}

/** What the group reads next, as messages. */
function placeColumn(tenant: string): Column<GroupOffset> {
  return {
    id: 'place',
    header: 'Next',
    width: '90px',
    text: () => '',
    cell: ({ topic, partition, committed }) =>
      committed === undefined ? null : (
        <Anchor
          component={Link}
          size="sm"
          to={`/tenants/${tenant}/topics/${encodeURIComponent(topic)}`}
          search={{ from: 'offset', at: committed, partitions: String(partition) } as never}
          aria-label={`Look at what is read next in partition ${partition} of ${topic}`}
        >
          Look
        </Anchor>
      ),
  }
}
