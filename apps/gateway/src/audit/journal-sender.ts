// SPDX-License-Identifier: Apache-2.0
/**
 * Sends the journal to the control plane every two seconds, in order, and what earlier processes left behind before it. The control plane
 * may be away for any time: what waits is on disk meanwhile, where there is a folder for it.
 */
import { type GatewayEvent, gatewayAuditSavedSchema, MOST_AUDIT_EVENTS } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { type ControlPlane, NODE_NAME, tellControlPlane } from '../control-plane.ts'
import type { Journal } from './journal.ts'
import { type KeptEvents, loadKeptEvents, saveKeptEvents } from './kept-events.ts'

/** Where it is sent, and where it is kept. */
export interface JournalSettings extends ControlPlane {
  /** Undefined keeps what waits in memory only. */
  readonly folder: string | undefined
  readonly everyMs?: number
  /** This process's own when absent. */
  readonly node?: string
}

const EVERY_MS = 2000
/** For the last words of a gateway that stops. */
const GOODBYE_MS = 2000
const ALL = Number.POSITIVE_INFINITY

/** Sends until stopped. Owns a timer and a file: call `stop`. */
export class JournalSender {
  readonly #settings: JournalSettings
  readonly #journal: Journal
  readonly #log: Log
  readonly #node: string
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  #left: KeptEvents[] = []
  /** The last event on disk, 0 when there is no file. */
  #onDisk = 0
  #isAway = false

  constructor(settings: JournalSettings, journal: Journal, log: Log) {
    this.#settings = settings
    this.#journal = journal
    this.#log = log
    this.#node = settings.node ?? NODE_NAME
    this.#running = this.#run()
  }

  /** Tries once more to send all there is, and keeps on disk what could not be sent. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await this.#sendAll(AbortSignal.timeout(GOODBYE_MS), true)
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    await this.#loadLeft()
    while (!signal.aborted) {
      await this.#sendAll(signal, false)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#settings.everyMs ?? EVERY_MS)
        timer.unref()
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  async #sendAll(signal: AbortSignal, isLast: boolean): Promise<void> {
    try {
      await this.#sendLeft(signal)
      for (;;) {
        const events = this.#journal.next(MOST_AUDIT_EVENTS, Date.now(), isLast)
        if (events.length === 0) break
        this.#journal.saved(await this.#send(this.#node, events, signal))
      }
      this.#isAway = false
    } catch (error) {
      // Once for each time that it goes away, as the stream of the snapshot does.
      if (!this.#isAway && !this.#stopping.signal.aborted)
        this.#log.warn({ error: messageOf(error), ...this.#journal.backlog }, 'audit events wait for the control plane')
      this.#isAway = true
    }
    await this.#keep(isLast)
  }

  /** What is refused as wrong would be refused again: it is given up, and that is told. */
  async #send(node: string, events: readonly GatewayEvent[], signal: AbortSignal): Promise<number> {
    try {
      const body = { node, events }
      return (await tellControlPlane(this.#settings, 'audit', body, gatewayAuditSavedSchema, signal)).through
    } catch (error) {
      if (!(error instanceof KaasError) || error.code !== 'document-invalid') throw error
      this.#log.error({ node, events: events.length, error: error.message }, 'audit events were refused')
      const message = `${events.length} events were refused by the control plane: it may be of an older version.`
      this.#journal.note({ action: 'lose', outcome: 'denied', rule: 'refused', message })
      return events.at(-1)?.sequence ?? 0
    }
  }

  async #sendLeft(signal: AbortSignal): Promise<void> {
    for (let first = this.#left[0]; first !== undefined; first = this.#left[0]) {
      const { node, events } = first
      const through = events.length === 0 ? ALL : await this.#send(node, events.slice(0, MOST_AUDIT_EVENTS), signal)
      const rest = events.filter(({ sequence }) => sequence > through)
      if (rest.length > 0) this.#left[0] = { node, events: rest }
      else this.#left.shift()
      if (this.#settings.folder !== undefined) await saveKeptEvents(this.#settings.folder, { node, events: rest })
    }
  }

  async #loadLeft(): Promise<void> {
    const { folder } = this.#settings
    if (folder === undefined) return
    const broken = (file: string, error: unknown) =>
      this.#log.error({ file, error: messageOf(error) }, 'audit events on disk cannot be read')
    this.#left = [...(await loadKeptEvents(folder, this.#node, broken))]
  }

  async #keep(isLast: boolean): Promise<void> {
    const { folder } = this.#settings
    if (folder === undefined) return
    const events = this.#journal.next(ALL, Date.now(), isLast)
    const last = events.at(-1)?.sequence ?? 0
    if (last === this.#onDisk) return
    try {
      await saveKeptEvents(folder, { node: this.#node, events })
      this.#onDisk = last
    } catch (error) {
      this.#log.error({ folder, error: messageOf(error) }, 'audit events could not be kept on disk')
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
