// SPDX-License-Identifier: Apache-2.0
/** The control plane as a process that is not to start: what it says, and with which code it ends. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** How it ended. */
export interface Ending {
  readonly code: number | null
  readonly said: string
}

/** Starts with settings that cannot work, or with a command that ends by itself, and waits for the end. */
export async function failToStart(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ending> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...env } })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}
