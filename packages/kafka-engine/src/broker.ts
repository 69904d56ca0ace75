// SPDX-License-Identifier: Apache-2.0
/** One Kafka process: its start, the wait until it serves, its end. What it says goes to its log file. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { type JavaTool, javaCommand } from './java-tool.ts'
import { readLogFrom, rotateLog } from './log-file.ts'
import { tiedToParent } from './run-program.ts'

const READY_LINE = 'Kafka Server started'
const POLL_MS = 20
const STOP_TIMEOUT_MS = 30_000

/** What one broker is started from. */
export interface BrokerSettings {
  readonly nodeId: number
  readonly port: number
  readonly propertiesFile: string
  readonly dataDirectory: string
  readonly logFile: string
  readonly jvm: readonly string[]
  /** Another Kafka than the usual one. */
  readonly version?: string | undefined
  readonly startTimeoutMs: number
  /** Which signal the broker gets when this process dies without stopping it. */
  readonly onParentDeath: 'TERM' | 'KILL'
  /** Called when the process ends without `stop` or `kill` having been called. */
  readonly onCrash: (reason: string) => void
}

/** A broker process; it can be stopped, killed and started again on the same data and ports. */
export class Broker {
  readonly settings: BrokerSettings
  #child: ChildProcess | undefined
  #exited: Promise<void> = Promise.resolve()
  #isEnding = false

  constructor(settings: BrokerSettings) {
    this.settings = settings
  }

  get nodeId(): number {
    return this.settings.nodeId
  }

  get port(): number {
    return this.settings.port
  }

  /** The id of the running process, undefined when there is none. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts the process and resolves when it serves. Throws `kafka-unavailable` with its last log lines when it cannot. */
  async start(): Promise<void> {
    const tool = await javaCommand('kafka.Kafka', { jvm: this.settings.jvm, log: 'broker', version: this.settings.version })
    const from = rotateLog(this.settings.logFile)
    const child = this.#spawn(tool)
    const deadline = Date.now() + this.settings.startTimeoutMs
    while (!readLogFrom(this.settings.logFile, from).includes(READY_LINE)) {
      if (this.#child !== child) throw this.#startFailed('ended before it was ready', from)
      if (Date.now() > deadline) {
        await this.kill('SIGKILL')
        throw this.#startFailed(`was not ready in ${this.settings.startTimeoutMs} ms`, from)
      }
      await sleep(POLL_MS)
    }
  }

  /** Ends the process in order, by TERM, and by KILL when it takes longer than 30 s. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#isEnding = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await this.#exited
    clearTimeout(timer)
  }

  /** Sends a signal; resolves when the process has ended, or at once for SIGSTOP and SIGCONT. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const endsProcess = signal !== 'SIGSTOP' && signal !== 'SIGCONT'
    if (endsProcess) this.#isEnding = true
    child.kill(signal)
    if (endsProcess) await this.#exited
  }

  #spawn(tool: JavaTool): ChildProcess {
    mkdirSync(dirname(this.settings.logFile), { recursive: true })
    const log = openSync(this.settings.logFile, 'a', 0o600)
    const command = [tool.command, ...tool.args, this.settings.propertiesFile]
    const [program = tool.command, ...args] = tiedToParent(this.settings.onParentDeath, command)
    const child = spawn(program, args, { env: tool.env, stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    this.#child = child
    this.#isEnding = false
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.#child = undefined
        resolve()
        if (!this.#isEnding) this.settings.onCrash(signal === null ? `code ${code}` : `signal ${signal}`)
      })
    })
    return child
  }

  #startFailed(what: string, from: number): KaasError {
    const lines = readLogFrom(this.settings.logFile, from).trim().split('\n')
    const telling = lines.filter((line) => /ERROR|FATAL|Exception/.test(line)).slice(0, 5)
    const shown = telling.length > 0 ? telling : lines.slice(-5)
    return new KaasError('kafka-unavailable', {
      message: `Kafka broker ${this.nodeId} ${what}. It says:\n${shown.join('\n')}`,
      help: `Read ${this.settings.logFile}.`,
    })
  }
}
