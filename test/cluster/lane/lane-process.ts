// SPDX-License-Identifier: Apache-2.0
/** One long-lived program of the lane: it dies with us, what it says is in a file, and it is ended by its own process id. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { tiedToParent } from '@kaas/kafka-engine'
import { waitFor } from '@kaas/testkit'

const STOP_TIMEOUT_MS = 15_000

/** What to start. `env` is added to ours. */
interface ProcessOptions {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly env?: Readonly<Record<string, string>>
  readonly logFile: string
}

/** A running program. */
export class LaneProcess {
  readonly name: string
  readonly logFile: string
  readonly #child: ChildProcess
  readonly #ended: Promise<void>

  constructor(options: ProcessOptions) {
    this.name = options.name
    this.logFile = options.logFile
    const log = openSync(options.logFile, 'a', 0o600)
    const [program = '', ...args] = tiedToParent('KILL', options.command)
    this.#child = spawn(program, args, { env: { ...process.env, ...options.env }, stdio: ['ignore', log, log] })
    closeSync(log)
    this.#ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve())
      this.#child.once('error', () => resolve())
    })
  }

  /** Resolves when `probe` gives true. Throws with the last lines of the log when the program ends before, or after `timeoutMs`. */
  async untilReady(probe: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
    try {
      await waitFor(() => this.#hasEnded() || probe(), { what: `${this.name} to be ready`, timeoutMs, pollMs: 100 })
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}\n${this.lastLines()}`)
    }
    if (this.#hasEnded()) throw new Error(`${this.name} ended before it was ready. It says:\n${this.lastLines()}`)
  }

  /** The end of what it said. */
  lastLines(count = 15): string {
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-count).join('\n')
  }

  /** Ends it by TERM, and by KILL after 15 s. Resolves when it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.#hasEnded()) return
    this.#child.kill(signal)
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await this.#ended.finally(() => clearTimeout(timer))
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined
  }
}
