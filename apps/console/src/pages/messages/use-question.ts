// SPDX-License-Identifier: Apache-2.0
/**
 * What is asked of a topic: the part that counts is in the address; what is being typed is a draft beside it until it is sent.
 */
import { useCallback, useMemo, useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { QUESTION_DEFAULTS, type Question } from './browse-question.ts'

/** The question and how to change it. */
export interface QuestionState {
  /** As asked last. */
  readonly question: Question
  /** With what is being typed. */
  readonly draft: Question
  readonly type: (change: Partial<Question>) => void
  /** Asks: with the draft, and with this on top. */
  readonly ask: (change?: Partial<Question>) => void
  /** Grows with each `ask`, so that the same question can be asked again. */
  readonly round: number
}

/** What was typed, and at which question. */
interface Typed {
  readonly address: string
  readonly change: Partial<Question>
}

const NOTHING: Partial<Question> = {}

export function useQuestion(): QuestionState {
  const [question, changeUrl] = useUrlState<Question>(QUESTION_DEFAULTS)
  const address = JSON.stringify(question)
  const [typed, setTyped] = useState<Typed>({ address, change: {} })
  const [round, setRound] = useState(0)
  // A link, the history or an answer has led elsewhere: what was typed belonged to the question before.
  const current = typed.address === address ? typed.change : NOTHING
  const draft = useMemo(() => ({ ...question, ...current }), [question, current])
  const type = useCallback(
    (change: Partial<Question>) =>
      setTyped((before) => ({ address, change: before.address === address ? { ...before.change, ...change } : change })),
    [address],
  )
  const ask = useCallback(
    (change: Partial<Question> = {}) => {
      changeUrl({ ...draft, ...change })
      setTyped({ address, change: NOTHING })
      setRound((before) => before + 1)
    },
    [changeUrl, draft, address],
  )
  return { question, draft, type, ask, round }
}
