// SPDX-License-Identifier: Apache-2.0
/** `kaas can-i`: whether one may do something and why, by the server's own decision. */
import { RESOURCE_KINDS, RIGHT_KINDS, type RightKind, renderScope, VERBS, type Verb } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Explanation } from '@kaas/http-contract'
import { nearestWord } from '../nearest-word.ts'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import { renderTable } from '../render/table.ts'
import type { Session } from '../session.ts'

/** What is asked beside verb and kind. */
export interface CanIOptions {
  readonly tenant?: string
  readonly team?: string
  /** Somebody else; needs read on Rights there. */
  readonly person?: string
  readonly output: Output
}

const NO = 4

/** Prints yes or no with the reason; the exit code is that of a refusal for no. Throws `usage-invalid` for unknown words. */
export async function canICommand(
  { client, terminal }: Session,
  verbWord: string,
  kindWord: string,
  { tenant, team, person, output }: CanIOptions,
): Promise<number | undefined> {
  const answer = await client.explainRight({
    verb: verbOf(verbWord),
    kind: kindOf(kindWord),
    ...(tenant === undefined ? {} : { tenant }),
    ...(team === undefined ? {} : { team }),
    ...(person === undefined ? {} : { person }),
  })
  if (output === 'json' || output === 'yaml') terminal.out(renderValue(answer, output))
  else terminal.out(renderAnswer(answer, terminal.width))
  return answer.allowed ? undefined : NO
}

function renderAnswer({ allowed, because, considered }: Explanation, width: number | undefined): string {
  const rows = renderTable(
    considered,
    [
      { title: 'ROLE', cell: ({ grant }) => grant.role },
      { title: 'BOUND BY', cell: ({ grant }) => grant.binding },
      { title: 'IN', cell: ({ grant }) => renderScope(grant.scope) },
      { title: 'FITS', cell: ({ fits }) => (fits ? 'yes' : 'no') },
      { title: 'WHY', cell: ({ why }) => why, drop: 1 },
    ],
    width,
  )
  return `${allowed ? 'yes' : 'no'}\n${because}\n${rows === '' ? '' : `\n${rows}`}`
}

function verbOf(word: string): Verb {
  const verb = VERBS.find((each) => each === word.toLowerCase())
  if (verb !== undefined) return verb
  throw new KaasError('usage-invalid', { message: `"${word}" is not a verb of rights.`, help: `Use ${VERBS.join(', ')}.` })
}

/** `topics`, `topic`, `Topic`, `messages`, `audit`, … */
function kindOf(word: string): RightKind {
  const wanted = word.toLowerCase()
  const found = RIGHT_KINDS.find((kind) => wordsOf(kind).includes(wanted))
  if (found !== undefined) return found
  const nearest = nearestWord(wanted, RIGHT_KINDS.flatMap(wordsOf))
  throw new KaasError('usage-invalid', {
    message: `"${word}" is not a kind that rights know.`,
    help: nearest === undefined ? `Use one of ${RIGHT_KINDS.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}

function wordsOf(kind: RightKind): readonly string[] {
  const resource = Object.entries(RESOURCE_KINDS).find(([name]) => name === kind)?.[1]
  return [kind.toLowerCase(), resource?.plural ?? `${kind.toLowerCase()}s`]
}
