// SPDX-License-Identifier: Apache-2.0
/**
 * Regular expressions that the broker evaluates over names (KIP-848, KIP-1152). They are matched against whole physical names, so
 * the prefix is put in front and the client's own expression into a group. Trap: `x)|(?:b\..*` would close that group and look
 * at another tenant. So only an expression that is complete in itself is put there, judged in the dialect of the broker (RE2).
 */
import type { SharedTopic } from '@kaas/domain'
import { RE2JS, RE2JSSyntaxException } from 're2js'

/** Longer expressions are refused: they cost the gateway and the broker, and names have at most 249 characters. */
const LONGEST_REGEX = 16_384

/** What is wrong with `regex`, in the words of its parser, or undefined when a broker takes it. */
export function regexProblem(regex: string): string | undefined {
  if (regex.length > LONGEST_REGEX) return `it has ${regex.length} characters; at most ${LONGEST_REGEX} are allowed`
  try {
    RE2JS.compile(regex)
    return undefined
  } catch (error) {
    return error instanceof RE2JSSyntaxException ? error.error : String(error)
  }
}

/**
 * The same expression over the names behind `prefix`. One that is not complete in itself becomes one that matches no name: whoever
 * has a client to tell checks `regexProblem` first. Of topics that others share, those whose name here it matches now are put before
 * it, each as itself: the broker knows them by names that no prefix covers.
 */
export function anchorRegex(prefix: string, regex: string, shared: readonly SharedTopic[] = []): string {
  if (regexProblem(regex) !== undefined) return escaped(prefix)
  const anchored = wrapped(prefix, regex)
  // A quote may stay open at the end of an expression and would swallow the closing parenthesis.
  const whole = regexProblem(anchored) === undefined ? anchored : wrapped(prefix, `${regex}\\E`)
  if (shared.length === 0) return whole
  const own = RE2JS.compile(regex)
  const matching = shared.filter(({ name }) => own.matches(name)).map(({ physicalName }) => escaped(physicalName))
  return [...matching, whole].join('|')
}

/** What the client wrote, or undefined when `regex` was not made by `anchorRegex` for this prefix. */
export function unanchorRegex(prefix: string, regex: string): string | undefined {
  const start = `${escaped(prefix)}(?:`
  const at = SHARED_TOPICS.exec(regex)?.[0].length ?? 0
  return regex.startsWith(start, at) && regex.endsWith(')') ? regex.slice(at + start.length, -1) : undefined
}

/** What `anchorRegex` puts before an expression: names of topics with escaped dots, each with a bar. */
const SHARED_TOPICS = /^(?:(?:[A-Za-z0-9_-]|\\\.)+\|)+/

function wrapped(prefix: string, regex: string): string {
  return `${escaped(prefix)}(?:${regex})`
}

/** Of the characters of a prefix or name only the dot means something in an expression. */
function escaped(prefix: string): string {
  return prefix.replaceAll('.', '\\.')
}
