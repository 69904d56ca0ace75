// SPDX-License-Identifier: Apache-2.0
/**
 * Regular expressions that the broker evaluates over names (KIP-848, KIP-1152). They are matched against whole physical names, so
 * the prefix is put in front and the client's own expression into a group. Trap: `x)|(?:b\..*` would close that group and look
 * at another tenant. So only an expression that is complete in itself is put there, judged in the dialect of the broker (RE2).
 */
import { RE2JS } from 're2js'

/** Longer expressions are refused: they cost the gateway and the broker, and names have at most 249 characters. */
const LONGEST_REGEX = 16_384

/** What is wrong with `regex`, in the words of its parser, or undefined when a broker takes it. */
export function regexProblem(regex: string): string | undefined {
  if (regex.length > LONGEST_REGEX) return `it has ${regex.length} characters; at most ${LONGEST_REGEX} are allowed`
  try {
    RE2JS.compile(regex)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * The same expression over the names behind `prefix`. One that is not complete in itself becomes one that matches no name: whoever
 * has a client to tell checks `regexProblem` first.
 */
export function anchorRegex(prefix: string, regex: string): string {
  if (regexProblem(regex) !== undefined) return escaped(prefix)
  const anchored = wrapped(prefix, regex)
  // A quote may stay open at the end of an expression and would swallow the closing parenthesis.
  return regexProblem(anchored) === undefined ? anchored : wrapped(prefix, `${regex}\\E`)
}

/** What the client wrote, or undefined when `regex` was not made by `anchorRegex` for this prefix. */
export function unanchorRegex(prefix: string, regex: string): string | undefined {
  const start = `${escaped(prefix)}(?:`
  return regex.startsWith(start) && regex.endsWith(')') ? regex.slice(start.length, -1) : undefined
}

function wrapped(prefix: string, regex: string): string {
  return `${escaped(prefix)}(?:${regex})`
}

/** Of the characters of a prefix only the dot means something in an expression. */
function escaped(prefix: string): string {
  return prefix.replaceAll('.', '\\.')
}
