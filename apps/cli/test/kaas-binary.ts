// SPDX-License-Identifier: Apache-2.0
/** The command as a user types it: `bin/kaas.js` as a process of its own. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

/** Its path. */
export const BINARY = fileURLToPath(new URL('../bin/kaas.js', import.meta.url))

/** How a command ended. */
export interface Ended {
  readonly exit: number | null
  readonly out: string
  readonly err: string
}

/** Runs commands on the home folder `home`, in `folder`. */
export function kaasIn(home: string, folder: string) {
  return async (
    args: readonly string[],
    options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ): Promise<Ended> => {
    const { PATH, HOME } = process.env
    const env = { PATH, HOME, KAAS_HOME: home, ...options.env }
    const child = spawn(process.execPath, [BINARY, ...args], { cwd: folder, env, stdio: 'pipe' })
    child.stdin.end(options.input ?? '')
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [out, err, exit] = await Promise.all([text(child.stdout), text(child.stderr), ended])
    return { exit, out, err }
  }
}
