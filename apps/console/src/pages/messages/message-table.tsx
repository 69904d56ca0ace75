// SPDX-License-Identifier: Apache-2.0
/** The messages found, one line each; many can be chosen, to copy them or to send them again. */
import type { Message, TopicPath } from '@kaas/http-contract'
import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty } from '../../parts/states.tsx'
import { messageId } from './browse-log.ts'
import { messageColumns } from './message-columns.tsx'
import { pathsOf, valueAtPath } from './path-columns.ts'
import { PathField } from './path-field.tsx'
import { SelectionTools } from './selection-tools.tsx'
import type { BrowseState } from './use-browse-log.ts'
import type { QuestionState } from './use-question.ts'

interface MessageTableProps {
  readonly place: TopicPath
  readonly asking: QuestionState
  readonly browse: BrowseState
  readonly paths: string
  /** Id of the message that is shown in full. */
  readonly open: string
  readonly onPaths: (paths: string) => void
  readonly onOpen: (message: Message) => void
}

export function MessageTable({ place, asking, browse, paths, open, onPaths, onOpen }: MessageTableProps) {
  const { zone } = usePreferences()
  const state = useTableState('')
  const { chosen, toggle, choose } = useChoice()
  const { messages } = browse.log
  const columns = useMemo(
    () => messageColumns({ zone, paths: pathsOf(paths), chosen, toggle }),
    [zone, paths, chosen, toggle],
  )
  const rows = useMemo(() => sortRows(messages, state.sort, sortValues(paths)), [messages, state.sort, paths])
  const selected = useMemo(() => messages.filter((message) => chosen.has(messageId(message))), [messages, chosen])
  return (
    <DataTable
      id="messages"
      label="Messages"
      columns={columns}
      rows={rows}
      rowKey={messageId}
      state={state}
      onOpen={onOpen}
      openKey={open}
      onToggle={(message) => toggle(messageId(message))}
      tools={
        <>
          <SelectionTools place={place} messages={messages} selected={selected} onChoose={choose} />
          <PathField paths={paths} onPaths={onPaths} />
        </>
      }
      empty={<NothingFound asking={asking} browse={browse} />}
    />
  )
}

/** Which messages are chosen. The choice is not in the address: it would be long, and soon stale. */
function useChoice() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = useCallback(
    (id: string) =>
      setChosen((before) =>
        before.has(id) ? new Set([...before].filter((each) => each !== id)) : new Set([...before, id]),
      ),
    [],
  )
  const choose = useCallback((messages: readonly Message[]) => setChosen(new Set(messages.map(messageId))), [])
  return { chosen, toggle, choose }
}

function sortValues(paths: string): Readonly<Record<string, (message: Message) => number | string | undefined>> {
  const byPath = pathsOf(paths).map((path) => [`path:${path}`, (message: Message) => valueAtPath(message, path)] as const)
  return {
    time: ({ timestampMs }) => timestampMs,
    partition: ({ partition }) => partition,
    offset: ({ offset }) => offset,
    key: ({ key }) => key?.text,
    bytes: ({ bytes }) => bytes,
    ...Object.fromEntries(byPath),
  }
}

function NothingFound({ asking, browse: { log, problem } }: Pick<MessageTableProps, 'asking' | 'browse'>) {
  if (log.phase === 'asking' || log.phase === 'idle' || log.phase === 'failed' || problem !== undefined) return null
  const { filter, search, from } = asking.question
  if (from === 'tail')
    return (
      <Empty title={log.phase === 'reading' ? 'Waiting for new messages' : 'No new message came'}>
        They show here as soon as a producer writes them.
      </Empty>
    )
  if (log.phase === 'reading') return null
  if (filter === '' && search === '')
    return (
      <Empty title="There are no messages here">
        Nothing was written to these partitions yet, or it is older than the topic keeps it. Write the first one with
        Produce.
      </Empty>
    )
  return (
    <Empty
      title="No message fits"
      action={
        <Button size="xs" variant="default" onClick={() => asking.ask({ filter: '', search: '' })}>
          Show all
        </Button>
      }
    >
      What was scanned has none. Scan more by Go on, or from another place.
    </Empty>
  )
}
