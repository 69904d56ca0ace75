// SPDX-License-Identifier: Apache-2.0
/** Whether the parts of the platform are well: database, reconciler, gateways, sampling, Git, Kubernetes, audit export. */
import type { PlatformPart } from '@kaas/http-contract'
import { useQuery } from '@tanstack/react-query'
import { platformHealthQuery } from '../../data/platform.ts'
import { counted } from '../../format/numbers.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Moment } from '../../parts/moment.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { type Standing, StatusMark } from '../../parts/status-mark.tsx'

type State = PlatformPart['state']

const STANDINGS: Readonly<Record<State, { readonly standing: Standing; readonly word: string; readonly rank: number }>> = {
  failed: { standing: 'bad', word: 'Failed', rank: 0 },
  unknown: { standing: 'unknown', word: 'Unknown', rank: 1 },
  warning: { standing: 'busy', word: 'Warning', rank: 2 },
  well: { standing: 'good', word: 'Well', rank: 3 },
}

const COLUMNS: readonly Column<PlatformPart>[] = [
  { id: 'name', header: 'Part', sort: 'name', width: 'minmax(280px, 2fr)', text: ({ name }) => name },
  {
    id: 'state',
    header: 'State',
    sort: 'state',
    width: '130px',
    text: ({ state }) => STANDINGS[state].word,
    cell: ({ state }) => <StatusMark standing={STANDINGS[state].standing} word={STANDINGS[state].word} />,
  },
  { id: 'message', header: 'What it says', width: 'minmax(240px, 4fr)', text: ({ message }) => message },
  {
    id: 'since',
    header: 'Since',
    width: '150px',
    text: ({ since }) => since ?? '',
    cell: ({ since }) => (since === undefined ? '' : <Moment at={since} />),
  },
]

const ORDERS = {
  name: ({ name }: PlatformPart) => name,
  state: ({ state }: PlatformPart) => STANDINGS[state].rank,
}

export function PlatformPage() {
  const query = useQuery(platformHealthQuery())
  return (
    <Page
      title="Platform health"
      beside={query.data !== undefined && <Worst parts={query.data.parts} />}
      lead={query.data !== undefined && `Version ${query.data.version}. Asked anew every few seconds.`}
    >
      <QueryStates query={query}>{({ parts }) => <PartTable parts={parts} />}</QueryStates>
    </Page>
  )
}

function Worst({ parts }: { readonly parts: readonly PlatformPart[] }) {
  const wrong = parts.filter(({ state }) => state !== 'well')
  const [worst] = sortRows(wrong, 'state', ORDERS)
  if (worst === undefined) return <StatusMark standing="good" word="All well" />
  return <StatusMark standing={STANDINGS[worst.state].standing} word={`${counted(wrong.length, 'part')} to look at`} />
}

function PartTable({ parts }: { readonly parts: readonly PlatformPart[] }) {
  const state = useTableState('state')
  return (
    <DataTable
      id="platform"
      label="Parts of the platform"
      columns={COLUMNS}
      rows={sortRows(parts, state.sort, ORDERS)}
      rowKey={({ name }) => name}
      state={state}
      empty={<Empty title="No part has said anything">This should not be: the control plane itself always does.</Empty>}
    />
  )
}
