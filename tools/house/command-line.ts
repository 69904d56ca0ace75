// SPDX-License-Identifier: Apache-2.0
/** Asks the command line for its verbs, so that documents can be compared with what it says itself. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Problem } from './problem.ts'

const PROGRAM = 'apps/cli/bin/kaas.js'

/** The verbs in the help of `kaas`; undefined, with a problem, when it does not print its help. */
export function commandLine(root: string): {
  readonly verbs: ReadonlySet<string> | undefined
  readonly problems: readonly Problem[]
} {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, PROGRAM), '--help'], { encoding: 'utf8' })
  const verbs = verbsIn(stdout)
  if (status === 0 && verbs.size > 0) return { verbs, problems: [] }
  const message = `--help lists no verbs: ${stderr.trim().split('\n')[0] ?? ''}`
  return { verbs: undefined, problems: [{ file: PROGRAM, line: 1, message }] }
}

function verbsIn(help: string): ReadonlySet<string> {
  const start = help.search(/^Commands:/m)
  const list = start === -1 ? '' : help.slice(start)
  return new Set([...list.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1] ?? ''))
}
