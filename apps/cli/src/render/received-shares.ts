// SPDX-License-Identifier: Apache-2.0
/** Topics that other tenants share with one, as a table. */
import type { ReceivedShare } from '@kaas/http-contract'
import { type Column, renderTable } from './table.ts'

const COLUMNS: readonly Column<ReceivedShare>[] = [
  { title: 'NAME', cell: ({ as }) => as },
  { title: 'OWNER', cell: ({ owner }) => owner },
  { title: 'TOPIC', cell: ({ topic }) => topic, drop: 2 },
  { title: 'ACCESS', cell: ({ access }) => access, drop: 1 },
  { title: 'STATE', cell: stateOf },
]

/** Empty for none. */
export function renderReceivedShares(shares: readonly ReceivedShare[], width: number | undefined): string {
  return shares.length === 0 ? '' : renderTable(shares, COLUMNS, width)
}

function stateOf({ inForce, accepted }: ReceivedShare): string {
  if (inForce) return 'In force'
  return accepted ? 'Not in force' : 'Offered'
}
