// SPDX-License-Identifier: Apache-2.0
/** The commands that pages tell a reader to type, so that tests can type them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The root of the project. */
export const ROOT = join(import.meta.dirname, '../../..')

/** What follows `kaas` in a page: whole lines of a block, and what stands between back quotes. Pipes and substitutions are for the shell. */
export function commandsIn(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = [...text.matchAll(/^(?: {4}|\$ )(?:npx )?kaas (.+)$|`npx kaas ([^`]+)`/gm)]
  return found
    .map(([, line, inline]) => (line ?? inline ?? '').split(/ [|>#<]/)[0]?.trim() ?? '')
    .filter((each) => !each.includes('…'))
}
