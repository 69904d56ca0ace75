// SPDX-License-Identifier: Apache-2.0
/** Topics that other tenants share with this one, and what they offer. Whose topics may appear here, its own people decide. */
import type { ReceivedShare } from '@kaas/http-contract'
import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { receivedSharesQuery, useAcceptShares } from '../../data/received-shares.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { RowLink } from '../../parts/data-table/row-link.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Moment } from '../../parts/moment.tsx'
import { ACCESS_WORDS } from '../../parts/share-words.ts'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { topicPath } from '../topics/topic-path.ts'

interface ReceivedSharesProps {
  readonly tenant: string
  readonly mayAccept: boolean
}

export function ReceivedShares({ tenant, mayAccept }: ReceivedSharesProps) {
  const query = useQuery(receivedSharesQuery(tenant))
  const accept = useAcceptShares(tenant)
  const decide = mayAccept ? [acceptColumn(accept.mutate, accept.isPending)] : []
  const columns = [nameColumn(tenant), ...COLUMNS, ...decide]
  return (
    <Stack gap="sm">
      <FailedLine error={accept.error} />
      <QueryStates query={query}>{(shares) => <Received shares={shares} columns={columns} />}</QueryStates>
    </Stack>
  )
}

interface ReceivedProps {
  readonly shares: readonly ReceivedShare[]
  readonly columns: readonly Column<ReceivedShare>[]
}

function Received({ shares, columns }: ReceivedProps) {
  const state = useTableState('as')
  const rows = sortRows(shares, state.sort, {
    as: ({ as }) => as,
    owner: ({ owner }) => owner,
    since: ({ since }) => since,
  })
  return (
    <DataTable
      id="received-shares"
      label="Shares"
      columns={columns}
      rows={rows}
      rowKey={({ owner, share }) => `${owner}/${share}`}
      state={state}
      empty={
        <Empty title="Nobody shares a topic with this tenant">
          A topic that another tenant shares with this one appears here, and once it is accepted, to the applications of this
          tenant under its name.
        </Empty>
      }
    />
  )
}

/** The name leads to the topic once it is there. */
function nameColumn(tenant: string): Column<ReceivedShare> {
  return {
    id: 'as',
    header: 'Name here',
    sort: 'as',
    width: 'minmax(150px, 1fr)',
    text: ({ as }) => as,
    cell: ({ as, inForce }) => (inForce ? <RowLink to={topicPath(tenant, as)}>{as}</RowLink> : as),
  }
}

const COLUMNS: readonly Column<ReceivedShare>[] = [
  { id: 'owner', header: 'Of the tenant', sort: 'owner', width: 'minmax(130px, 1fr)', text: ({ owner }) => owner },
  { id: 'topic', header: 'Its topic', width: 'minmax(130px, 1fr)', text: ({ topic }) => topic },
  { id: 'access', header: 'Users may', width: '140px', text: ({ access }) => ACCESS_WORDS[access] },
  { id: 'state', header: 'State', width: 'minmax(220px, 3fr)', text: stateOf },
  {
    id: 'since',
    header: 'Offered',
    sort: 'since',
    width: '130px',
    text: ({ since }) => since,
    cell: ({ since }) => <Moment at={since} />,
  },
]

function stateOf({ inForce, accepted, message }: ReceivedShare): string {
  if (inForce) return 'In force'
  return accepted ? message : 'Offered: it appears once this tenant accepts topics of its owner'
}

function acceptColumn(
  change: (request: { readonly owner: string; readonly accept: boolean }) => void,
  isBusy: boolean,
): Column<ReceivedShare> {
  return {
    id: 'accept',
    header: 'Decide',
    width: '120px',
    text: ({ accepted }) => (accepted ? 'accepted' : 'offered'),
    cell: ({ accepted, owner }) =>
      accepted ? (
        'Accepted'
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          disabled={isBusy}
          aria-label={`Accept topics of ${owner}`}
          onClick={() => change({ owner, accept: true })}
        >
          Accept
        </Button>
      ),
  }
}
