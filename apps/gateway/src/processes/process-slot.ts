// SPDX-License-Identifier: Apache-2.0
/** The place of one process beside others: starts it, talks to it, and starts it anew when it ends unasked. */
import cluster, { type Worker } from 'node:cluster'
import type { SnapshotEvent } from '@kaas/domain'
import type { Log } from '@kaas/telemetry'
import type { Answer, Order } from './messages.ts'
import { Restarts } from './restarts.ts'

/** A process that is asked and does not answer within this is passed over. */
const LOOK_MS = 1000

type Looked = Extract<Answer, { kind: 'looked' }>

/** Whom the place serves. */
export interface SlotOwner {
  /** The whole state for a process that begins; undefined when there is none yet. */
  snapshot(): SnapshotEvent | undefined
  /** A process ended unasked, and another one takes its place. */
  restarted(process: number): void
}

/** How the first start went. */
export type Start =
  | { readonly kind: 'serves'; readonly ports: ReadonlyMap<string, number> }
  | { readonly kind: 'failed'; readonly exitCode: number }

/** One place. Owns a process: call `stop`. */
export class ProcessSlot {
  readonly #owner: SlotOwner
  readonly #log: Log
  readonly #restarts = new Restarts()
  readonly #looks = new Map<number, (looked: Looked) => void>()
  #worker: Worker | undefined
  /** Whether it has what it needs to follow orders. */
  #hasBegun = false
  #serves = false
  /** Until it has served once. */
  #isTrial = false
  #isStopping = false
  #look = 0
  #again: NodeJS.Timeout | undefined
  #started = Promise.withResolvers<Start>()

  constructor(owner: SlotOwner, log: Log) {
    this.#owner = owner
    this.#log = log
  }

  get serves(): boolean {
    return this.#serves
  }

  /** Starts the process. Resolves when it serves, or has ended before it did. In a `trial` such a process is not started again. */
  start(isTrial: boolean): Promise<Start> {
    this.#isTrial = isTrial
    this.#fork()
    return this.#started.promise
  }

  /** Says it to the process, if there is one that listens. */
  tell(order: Order): void {
    if (this.#hasBegun && this.#worker?.isConnected()) this.#worker.send(order)
  }

  /** What the process says of itself; undefined when it does not say anything in time. */
  async look(withMetrics: boolean): Promise<{ readonly process: number; readonly looked: Looked } | undefined> {
    const process = this.#worker?.id
    if (!this.#serves || process === undefined) return undefined
    const look = this.#look++
    const { promise, resolve } = Promise.withResolvers<Looked | undefined>()
    const timer = setTimeout(() => resolve(undefined), LOOK_MS)
    this.#looks.set(look, resolve)
    this.tell({ kind: 'look', look, withMetrics })
    const looked = await promise
    clearTimeout(timer)
    this.#looks.delete(look)
    return looked === undefined ? undefined : { process, looked }
  }

  /** Lets the process go in order; one that has not gone after `withinMs` is ended. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#again)
    const worker = this.#worker
    if (worker === undefined) return
    const gone = new Promise((resolve) => worker.process.once('exit', resolve))
    const kill = setTimeout(() => worker.process.kill('SIGKILL'), withinMs)
    if (this.#hasBegun) this.tell({ kind: 'stop' })
    else worker.process.kill('SIGKILL')
    await gone
    clearTimeout(kill)
  }

  #fork(): void {
    const worker = cluster.fork()
    const startedMs = Date.now()
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#take(worker, answer))
    // A process that just ended cannot be told; its end is told below.
    worker.on('error', () => {})
    worker.once('exit', (code, signal) => this.#ended(worker, startedMs, code ?? 1, signal))
  }

  #take(worker: Worker, answer: Answer): void {
    switch (answer.kind) {
      case 'here':
        worker.send({ kind: 'begin', snapshot: this.#owner.snapshot() } satisfies Order)
        this.#hasBegun = true
        break
      case 'serves':
        this.#serves = true
        this.#isTrial = false
        this.#started.resolve({ kind: 'serves', ports: new Map(answer.ports) })
        break
      case 'looked':
        this.#looks.get(answer.look)?.(answer)
        break
      default:
        answer satisfies never
    }
  }

  #ended(worker: Worker, startedMs: number, exitCode: number, signal: string | undefined): void {
    this.#worker = undefined
    this.#hasBegun = false
    this.#serves = false
    this.#started.resolve({ kind: 'failed', exitCode })
    if (this.#isStopping || this.#isTrial) return
    const waitMs = this.#restarts.waitMs(Date.now() - startedMs)
    this.#log.error({ process: worker.id, exitCode, signal, waitMs }, 'a process of the gateway ended and is started anew')
    this.#owner.restarted(worker.id)
    this.#again = setTimeout(() => this.#fork(), waitMs)
  }
}
