// SPDX-License-Identifier: Apache-2.0
/** Finds the processes of a running product by what they run. */
import { spawnSync } from 'node:child_process'

/** The child of `parent` whose command line contains `command`; throws when there is none. */
export function childOf(parent: number, command: string): number {
  const pid = Number(
    spawnSync('pgrep', ['-P', String(parent), '-f', command])
      .stdout.toString()
      .trim(),
  )
  if (!(pid > 0)) throw new Error(`No child of ${parent} runs ${command}.`)
  return pid
}
