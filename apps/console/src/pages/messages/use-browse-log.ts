// SPDX-License-Identifier: Apache-2.0
/** Runs the browse that a question asks for, and folds what it says. */
import { asKaasError, type KaasError } from '@kaas/errors'
import { errorOfAnswer, type TopicPath } from '@kaas/http-contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { useBrowseStarter } from '../../data/browse.ts'
import { type BrowseLog, EMPTY_LOG, MOST_KEPT, MOST_OF_TAIL, takeEvents } from './browse-log.ts'
import { type Asked, type Question, requestFor, type Schemas } from './browse-question.ts'

/** A running or ended browse. */
export interface BrowseState {
  readonly log: BrowseLog
  /** What is wrong with the question; nothing was sent then. */
  readonly problem: Extract<Asked, { kind: 'problem' }> | undefined
  /** Why it failed: the call was refused, the server is away, or it said so in the stream. */
  readonly failure: KaasError | undefined
  readonly stop: () => void
  /** Goes on where it ended. */
  readonly goOn: () => void
}

export function useBrowseLog(topic: TopicPath, question: Question, schemas: Schemas, round: number): BrowseState {
  const { zone } = usePreferences()
  const starter = useBrowseStarter(topic)
  const [log, setLog] = useState<BrowseLog>(EMPTY_LOG)
  const [asked, setAsked] = useState<Asked>()
  const [error, setError] = useState<unknown>()
  const order = orderOf(question)
  const most = question.from === 'tail' ? MOST_OF_TAIL : MOST_KEPT
  const run = useCallback(
    (next: Asked, from: BrowseLog, cursor?: string) => {
      setAsked(next)
      setError(undefined)
      if (next.kind === 'problem') return starter.stop()
      setLog({ ...from, phase: 'asking', problem: undefined, end: undefined })
      starter.start(cursor === undefined ? next.request : { ...next.request, cursor }, {
        events: (events) => setLog((before) => takeEvents(before, events, order, most)),
        ended: (reason) => {
          setError(reason)
          setLog((before) => ({ ...before, phase: endOf(before, reason) }))
        },
      })
    },
    [starter.start, starter.stop, order, most],
  )
  const latest = useRef({ schemas, zone, run })
  latest.current = { schemas, zone, run }
  const content = JSON.stringify({ question, round, topic })
  useEffect(() => {
    const { question: wanted } = JSON.parse(content) as { readonly question: Question }
    const { schemas: given, zone: typedIn, run: begin } = latest.current
    begin(requestFor(wanted, typedIn, new Date(), given), EMPTY_LOG)
  }, [content])
  const stop = useCallback(() => {
    starter.stop()
    setLog((before) => ({ ...before, phase: 'stopped' }))
  }, [starter.stop])
  const goOn = () => asked !== undefined && log.cursor !== undefined && run(asked, log, log.cursor)
  return { log, failure: failureOf(error, log), stop, goOn, problem: asked?.kind === 'problem' ? asked : undefined }
}

function failureOf(error: unknown, { problem }: BrowseLog): KaasError | undefined {
  if (error !== undefined) return asKaasError(error)
  return problem === undefined ? undefined : errorOfAnswer(problem.status, problem)
}

/** Which end of the list is on top: as asked, else newest for what ends now. */
export function orderOf({ order, from }: Question): 'newest' | 'oldest' {
  if (order === 'newest' || order === 'oldest') return order
  return from === 'latest' || from === 'tail' ? 'newest' : 'oldest'
}

/** A stream that broke off without a last word is a failure, too. */
function endOf({ phase }: BrowseLog, reason: unknown): BrowseLog['phase'] {
  if (phase === 'done' || phase === 'failed') return phase
  return reason === undefined ? 'stopped' : 'failed'
}
