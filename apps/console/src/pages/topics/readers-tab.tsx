// SPDX-License-Identifier: Apache-2.0
/** Who reads a topic, and how far behind. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { topicGroupsQuery } from '../../data/kafka-topics.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { RowLink } from '../../parts/data-table/row-link.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { GroupState } from '../../parts/group-state.tsx'
import { Lag } from '../../parts/lag.tsx'
import { PartialNotice } from '../../parts/partial-notice.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'

interface Reader {
  readonly group: string
  readonly state: string
  readonly members: number
  readonly lag?: string | undefined
}

const VALUES = {
  group: ({ group }: Reader) => group,
  state: ({ state }: Reader) => state,
  members: ({ members }: Reader) => members,
  lag: ({ lag }: Reader) => (lag === undefined ? undefined : Number(lag)),
}

export function ReadersTab({ tenant, topic }: { readonly tenant: string; readonly topic: string }) {
  const query = useQuery(topicGroupsQuery(tenant, topic))
  const state = useTableState('-lag')
  const columns = useMemo(() => columnsFor(tenant), [tenant])
  return (
    <QueryStates query={query}>
      {({ items, problem }) => (
        <>
          <PartialNotice problem={problem} />
          <DataTable
            id="readers"
            label="Groups"
            columns={columns}
            rows={sortRows(items, state.sort, VALUES)}
            rowKey={({ group }) => group}
            state={state}
            empty={
              <Empty title="No group reads this topic">
                A consumer group shows here as soon as it has committed an offset. Consumers that keep their place themselves
                never do.
              </Empty>
            }
          />
        </>
      )}
    </QueryStates>
  )
}

function columnsFor(tenant: string): readonly Column<Reader>[] {
  return [
    {
      id: 'group',
      header: 'Group',
      sort: 'group',
      width: 'minmax(200px, 2fr)',
      text: ({ group }) => group,
      cell: ({ group }) => <RowLink to={`/tenants/${tenant}/groups/${encodeURIComponent(group)}`}>{group}</RowLink>,
    },
    ...COLUMNS,
  ]
}

const COLUMNS: readonly Column<Reader>[] = [
  {
    id: 'state',
    header: 'State',
    sort: 'state',
    width: '170px',
    text: ({ state }) => state,
    cell: ({ state }) => <GroupState state={state} />,
  },
  {
    id: 'members',
    header: 'Members',
    sort: 'members',
    width: '110px',
    align: 'end',
    text: ({ members }) => String(members),
  },
  {
    id: 'lag',
    header: 'Lag',
    sort: 'lag',
    width: '120px',
    align: 'end',
    text: ({ lag }) => lag ?? '',
    cell: ({ lag }) => <Lag lag={lag} />,
  },
]
