// SPDX-License-Identifier: Apache-2.0
/** Reads the changelog and its fragments from a repository. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderChangelog } from './changelog.ts'

/** CHANGELOG.md as it must be. Equal to the file when no fragment was forgotten. */
export function changelogOf(root: string): string {
  const names = readdirSync(join(root, 'changes')).filter((name) => name.endsWith('.md'))
  const fragments = names.sort().map((name) => ({ name, text: readFileSync(join(root, 'changes', name), 'utf8') }))
  return renderChangelog(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), fragments)
}
