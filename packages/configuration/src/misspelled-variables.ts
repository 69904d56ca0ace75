// SPDX-License-Identifier: Apache-2.0
/**
 * Finds variables that are set but unknown and look like a known one. Other apps have `KAAS_` variables of their own, and
 * local mode hands all of them to every process, so being unknown alone is no sign of a mistake.
 */
import type { Definition } from './define-config.ts'
import type { Environment } from './load-config.ts'

/** A set variable that nothing reads, and the known one that was probably meant. */
export interface MisspelledVariable {
  readonly name: string
  readonly meant: string
}

/** At most this many letters to add, drop or change make a misspelling; with three, `KAAS_API_URL` would look like `KAAS_API_TLS`. */
const MOST_EDITS = 2

/**
 * The likely misspellings in an environment, for one warning each at the start of an app. A variable whose correct spelling is
 * also set is left out: then the app does what was meant.
 */
export function misspelledVariables(definition: Definition, environment: Environment): readonly MisspelledVariable[] {
  const known = Object.keys(definition)
  const unknown = Object.keys(environment).filter((name) => name.startsWith('KAAS_') && !known.includes(name))
  return unknown.flatMap((name) => {
    const meant = known.find((candidate) => environment[candidate] === undefined && edits(name, candidate) <= MOST_EDITS)
    return meant === undefined ? [] : [{ name, meant }]
  })
}

/** The Levenshtein distance: how many letters must be added, dropped or changed to make `left` of `right`. */
function edits(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    for (let column = 1; column <= right.length; column++) {
      const changed = at(previous, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1)
      current.push(Math.min(changed, at(previous, column) + 1, at(current, column - 1) + 1))
    }
    previous = current
  }
  return at(previous, right.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
