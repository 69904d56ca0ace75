// SPDX-License-Identifier: Apache-2.0
/** One program of ours as a child process: its start, the wait until it is ready, its end. What it says goes to a log file. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { readLogFrom, rotateLog, tiedToParent } from '@kaas/kafka-engine'

const POLL_MS = 25
const STOP_TIMEOUT_MS = 20_000
const LAST_LINES = 8

/** What a child is started from, each time in the same way. */
export interface ChildSettings {
  /** As in "the gateway". */
  readonly name: string
  readonly command: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  /** Whether it serves by now; what it throws counts as no. */
  readonly isReady: () => Promise<boolean>
  readonly startTimeoutMs: number
  /** The process ended by itself after it was ready. */
  readonly onDeath: (reason: string) => void
}

/** A child process that can be started again after its end. */
export class Child {
  readonly #settings: ChildSettings
  #child: ChildProcess | undefined
  #ended: Promise<string> = Promise.resolve('')
  #isStopping = false

  constructor(settings: ChildSettings) {
    this.#settings = settings
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts the process and resolves when it is ready. Throws `component-failed` with its last log lines when it is not. */
  async start(): Promise<void> {
    const { isReady, startTimeoutMs } = this.#settings
    const from = rotateLog(this.#settings.logFile)
    const child = this.#spawn()
    const deadline = Date.now() + startTimeoutMs
    while (!(await isReady().catch(() => false))) {
      if (this.#child !== child) throw this.#failed(`ended with ${await this.#ended} before it was ready`, from)
      if (Date.now() > deadline) {
        await this.stop()
        throw this.#failed(`was not ready after ${startTimeoutMs / 1000} s`, from)
      }
      await sleep(POLL_MS)
    }
    if (this.#child !== child) throw this.#failed(`ended with ${await this.#ended}`, from)
    this.#ended.then((reason) => this.#isStopping || this.#settings.onDeath(reason))
  }

  /** Ends the process by TERM, and by KILL when it takes longer than 20 s. Resolves at once when none runs. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#isStopping = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await this.#ended
    clearTimeout(timer)
  }

  /** In a session of its own, so that Ctrl-C reaches only the parent, which stops its children in order. */
  #spawn(): ChildProcess {
    const { command, env, logFile } = this.#settings
    const [program = command[0], ...args] = tiedToParent('TERM', command)
    const log = openSync(logFile, 'a', 0o600)
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    this.#child = child
    this.#isStopping = false
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        if (this.#child === child) this.#child = undefined
        resolve(reason)
      }
      child.once('error', (error) => end(error.message))
      child.once('exit', (code, signal) => end(signal === null ? `code ${code}` : `signal ${signal}`))
    })
    return child
  }

  #failed(what: string, from: number): KaasError {
    const { logFile, name } = this.#settings
    const lines = readLogFrom(logFile, from).trim().split('\n').slice(-LAST_LINES)
    return new KaasError('component-failed', {
      message: `The ${name} ${what}. It says last:\n  ${lines.join('\n  ')}`,
      help: `Read ${logFile}.`,
    })
  }
}
