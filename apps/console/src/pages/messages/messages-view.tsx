// SPDX-License-Identifier: Apache-2.0
/** The messages of a topic: what is asked, how far it came, what was found, and one of them in full. */
import type { Message } from '@kaas/http-contract'
import { Drawer, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useMemo, useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { messageId } from './browse-log.ts'
import type { Schemas } from './browse-question.ts'
import { BrowseStatus } from './browse-status.tsx'
import { addTerm } from './filter-text.ts'
import { MessageDetail } from './message-detail.tsx'
import { MessageTable } from './message-table.tsx'
import classes from './messages.module.css'
import { pathsOf } from './path-columns.ts'
import { QuestionBar } from './question-bar.tsx'
import { useBrowseLog } from './use-browse-log.ts'
import { useQuestion } from './use-question.ts'

const DEFAULTS = { open: '', paths: '' }
const WIDE = '(min-width: 75em)'

export function MessagesView({ tenant, topic }: { readonly tenant: string; readonly topic: string }) {
  const place = useMemo(() => ({ tenant, topic }), [tenant, topic])
  const asking = useQuestion()
  const [schemas, setSchemas] = useState<Schemas>({})
  const [{ open, paths }, change] = useUrlState(DEFAULTS)
  const browse = useBrowseLog(place, asking.question, schemas, asking.round)
  const addPath = (path: string) => change({ paths: [...new Set([...pathsOf(paths), path])].join(',') })
  const detail = open !== '' && (
    <MessageDetail
      place={place}
      id={open}
      message={browse.log.messages.find((message) => messageId(message) === open)}
      schemas={schemas}
      onClose={() => change({ open: '' })}
      onMove={(steps) => change({ open: neighbour(browse.log.messages, open, steps) })}
      onFilter={(term) => asking.ask({ filter: addTerm(asking.draft.filter, term) })}
      onColumn={addPath}
    />
  )
  return (
    <Stack gap="xs" className={classes.whole}>
      <QuestionBar place={place} asking={asking} browse={browse} schemas={schemas} onSchemas={setSchemas} />
      <BrowseStatus browse={browse} asking={asking} />
      <Beside detail={detail} onClose={() => change({ open: '' })}>
        <MessageTable
          place={place}
          asking={asking}
          browse={browse}
          paths={paths}
          open={open}
          onPaths={(next) => change({ paths: next })}
          onOpen={(message) => change({ open: messageId(message) })}
        />
      </Beside>
    </Stack>
  )
}

interface BesideProps {
  /** False when nothing is open. */
  readonly detail: ReactNode | false
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The list with the detail beside it, or over it where there is no room. */
function Beside({ detail, onClose, children }: BesideProps) {
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false }) === true
  if (isWide)
    return (
      <div className={classes.columns} data-split={detail !== false || undefined}>
        {children}
        {detail}
      </div>
    )
  return (
    <>
      {children}
      <Drawer.Root opened={detail !== false} onClose={onClose} position="right" size="100%">
        <Drawer.Content aria-label="Message">
          <Drawer.Body p={0}>{detail}</Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
    </>
  )
}

/** The message so many lines below, or the same one at the ends. */
function neighbour(messages: readonly Message[], open: string, steps: number): string {
  const at = messages.findIndex((message) => messageId(message) === open)
  const next = messages[Math.max(0, Math.min(messages.length - 1, at + steps))]
  return next === undefined ? open : messageId(next)
}
