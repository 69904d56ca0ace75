// SPDX-License-Identifier: Apache-2.0
/** The members of a group and what each of them reads. */
import type { GroupAnswer } from '@kaas/http-contract'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty } from '../../parts/states.tsx'
import { sayPartitions } from './group-words.ts'

type Member = GroupAnswer['members'][number]

const VALUES = {
  client: ({ clientId }: Member) => clientId,
  host: ({ host }: Member) => host,
  partitions: (member: Member) => countOf(member),
}

export function MembersTab({ group }: { readonly group: GroupAnswer }) {
  const state = useTableState('client')
  return (
    <DataTable
      id="members"
      label="Members"
      columns={COLUMNS}
      rows={sortRows(group.members, state.sort, VALUES)}
      rowKey={({ id }) => id}
      state={state}
      empty={
        <Empty title="Nobody reads now">
          The group keeps its offsets. Consumers go on where they were when they come back.
        </Empty>
      }
    />
  )
}

function countOf({ assigned }: Member): number {
  return assigned.reduce((sum, { partitions }) => sum + partitions.length, 0)
}

function assignedText({ assigned }: Member): string {
  return assigned.map(({ topic, partitions }) => `${topic} ${sayPartitions(partitions)}`).join('; ')
}

const COLUMNS: readonly Column<Member>[] = [
  { id: 'client', header: 'Client', sort: 'client', width: 'minmax(150px, 1fr)', text: ({ clientId }) => clientId },
  { id: 'host', header: 'Host', sort: 'host', width: '160px', text: ({ host }) => host.replace(/^\//, '') },
  { id: 'instance', header: 'Instance', width: '130px', hidden: true, text: ({ instanceId }) => instanceId ?? '' },
  {
    id: 'partitions',
    header: 'Partitions',
    sort: 'partitions',
    width: '110px',
    align: 'end',
    text: (member) => String(countOf(member)),
  },
  {
    id: 'assigned',
    header: 'Reads',
    width: 'minmax(220px, 2fr)',
    text: assignedText,
    cell: (member) => <span title={assignedText(member)}>{assignedText(member) || 'nothing now'}</span>,
  },
  { id: 'id', header: 'Member id', width: 'minmax(220px, 2fr)', text: ({ id }) => id },
]
