// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of groups. */
import type { GroupSummary } from '@kaas/http-contract'
import type { Column } from '../../parts/data-table/column.ts'
import { RowLink } from '../../parts/data-table/row-link.tsx'
import { GroupState } from '../../parts/group-state.tsx'
import { Lag } from '../../parts/lag.tsx'
import { groupPath } from './group-path.ts'

/** Of the groups of that tenant. */
export function groupColumns(tenant: string): readonly Column<GroupSummary>[] {
  return [nameColumn(tenant), ...COLUMNS]
}

function nameColumn(tenant: string): Column<GroupSummary> {
  return {
    id: 'group',
    header: 'Group',
    sort: 'name',
    width: 'minmax(220px, 3fr)',
    text: ({ group }) => group,
    cell: ({ group }) => <RowLink to={groupPath(tenant, group)}>{group}</RowLink>,
  }
}

const COLUMNS: readonly Column<GroupSummary>[] = [
  {
    id: 'state',
    header: 'State',
    sort: 'state',
    width: '170px',
    text: ({ state }) => state,
    cell: ({ state }) => <GroupState state={state} />,
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
  {
    id: 'members',
    header: 'Members',
    sort: 'members',
    width: '110px',
    align: 'end',
    text: ({ members }) => String(members ?? '–'),
  },
  {
    id: 'topics',
    header: 'Topics',
    sort: 'topics',
    width: '100px',
    align: 'end',
    text: ({ topics }) => String(topics ?? '–'),
  },
  { id: 'type', header: 'Protocol', sort: 'type', width: '110px', text: ({ type }) => type },
]
