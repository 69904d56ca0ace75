// SPDX-License-Identifier: Apache-2.0
/**
 * Follows one kind: lists it, watches from there, and lists again when the watch cannot go on. Kinds do not disturb each other; the
 * connection they have in common is judged in `connection-health.ts`.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { KindState, WatchedKind, WatchTiming } from '../cluster-watch.ts'
import type { ApiClient } from '../connection/api-client.ts'
import { apiError, unavailable } from '../connection/api-error.ts'
import { listPath } from './api-paths.ts'
import { listObjects } from './list-objects.ts'
import type { ObjectCache } from './object-cache.ts'
import { observedObject } from './observed-object.ts'
import { readWatchEvents, type WatchEvent } from './read-watch-events.ts'

/** What a kind is followed with. */
export interface KindWatchSettings {
  readonly kind: WatchedKind
  readonly labelSelector: string
  readonly client: ApiClient
  readonly cache: ObjectCache
  readonly timing: WatchTiming
  /** Called whenever the state of the kind may have changed. */
  readonly moved: () => void
}

/** The server ends a watch at its time; one that is open this much longer is dead. */
const OVERDUE_MS = 15_000
/** A definition that goes missing is looked for this often before its objects count as gone: a starting server serves it late. */
const MISSING_BEFORE_GONE = 3

/** Runs from `start` to `stop`. */
export class KindWatch {
  readonly #settings: KindWatchSettings
  readonly #stopping = new AbortController()
  #waking = new AbortController()
  #reopening = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #version: string | undefined
  #state: KindState['state'] = 'behind'
  #problem: KaasError | undefined
  #failures = 0
  #missed = 0
  #wasSettled = false

  constructor(settings: KindWatchSettings) {
    this.#settings = settings
  }

  /** How it stands with the kind now. */
  get state(): KindState {
    return { ...this.#settings.kind, state: this.#state, ...(this.#problem === undefined ? {} : { problem: this.#problem }) }
  }

  /** Whether it was listed once, or is missing. Stays true. */
  get wasSettled(): boolean {
    return this.#wasSettled
  }

  /** Begins to follow; does not wait. */
  start(): void {
    this.#running = this.#run()
  }

  /** Ends a pause, if there is one. */
  wake(): void {
    this.#waking.abort()
    this.#waking = new AbortController()
  }

  /** Opens the watch anew from where it is: a network that was away may have forgotten the old connection without telling. */
  reconnect(): void {
    this.#reopening.abort()
    this.#reopening = new AbortController()
    this.wake()
  }

  /** Ends the watch and waits until nothing runs. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list()
        if (this.#version !== undefined) await this.#watch(this.#version)
      } catch (error) {
        if (signal.aborted) return
        this.#failures += 1
        this.#move('behind', asKaasError(error))
      }
      const pauseMs = this.#pauseMs()
      if (pauseMs > 0)
        await sleep(pauseMs, undefined, { signal: AbortSignal.any([signal, this.#waking.signal]) }).catch(() => {})
    }
  }

  async #list(): Promise<void> {
    const { client, kind, labelSelector, cache } = this.#settings
    const listed = await listObjects(client, kind, labelSelector, this.#stopping.signal)
    this.#wasSettled = true
    if (listed.kind === 'missing') {
      this.#missed += 1
      if (this.#missed >= MISSING_BEFORE_GONE) cache.replace(kind, [])
      this.#move('missing', undefined)
      return
    }
    this.#missed = 0
    cache.replace(kind, listed.objects)
    this.#version = listed.version
    this.#move('watched', undefined)
  }

  /** Ends when the server ends it. Throws when it broke; `#version` is undefined then if the watch cannot go on from where it was. */
  async #watch(version: string): Promise<void> {
    const { client, kind, labelSelector, timing } = this.#settings
    // Spread, so that the kinds of a cluster do not all connect at one moment.
    const openMs = timing.watchMs * (0.75 + Math.random() / 2)
    const overdue = new AbortController()
    const timer = setTimeout(() => overdue.abort(new Error('the watch is overdue')), openMs + OVERDUE_MS)
    const query = { watch: '1', allowWatchBookmarks: 'true', resourceVersion: version, labelSelector }
    const path = listPath(kind, { ...query, timeoutSeconds: String(Math.ceil(openMs / 1000)) })
    const reopening = this.#reopening.signal
    const signal = AbortSignal.any([this.#stopping.signal, overdue.signal, reopening])
    let server = ''
    try {
      const stream = await client.open({ method: 'GET', path, signal })
      server = stream.server
      if (stream.status !== 200) throw await this.#refused(server, stream.status, stream.chunks)
      this.#move('watched', undefined)
      for await (const event of readWatchEvents(stream.chunks)) this.#take(server, event)
      this.#failures = 0
    } catch (error) {
      if (reopening.aborted) return
      if (isGarbage(error)) this.#version = undefined
      throw error instanceof Error && error.name === 'KaasError' ? error : broken(server, kind, error)
    } finally {
      clearTimeout(timer)
    }
  }

  #take(server: string, { type, object }: WatchEvent): void {
    const { kind, cache } = this.#settings
    if (type === 'ERROR') {
      this.#version = undefined
      throw apiError(server, `watch ${kind.kind}`, { status: statusCodeOf(object), body: JSON.stringify(object) })
    }
    this.#failures = 0
    this.#version = versionOf(object) ?? this.#version
    if (type === 'BOOKMARK') return
    const seen = observedObject(kind, object)
    if (seen === undefined) return
    if (type === 'DELETED') cache.remove(kind, seen)
    else cache.put(kind, seen)
  }

  /** Except for a log-in or a server that is busy, only a new list helps: the version may be too old, too new, or the definition gone. */
  async #refused(server: string, status: number, chunks: AsyncIterable<Buffer>): Promise<KaasError> {
    if (status !== 401 && status !== 403 && status !== 429) this.#version = undefined
    const parts: Buffer[] = []
    for await (const part of chunks) parts.push(part)
    return apiError(server, `watch ${this.#settings.kind.kind}`, { status, body: Buffer.concat(parts).toString('utf8') })
  }

  #pauseMs(): number {
    const { firstRetryMs, longestRetryMs, missingRetryMs } = this.#settings.timing
    const jitter = 0.75 + Math.random() / 2
    if (this.#state === 'missing') {
      const again = this.#missed < MISSING_BEFORE_GONE ? Math.min(missingRetryMs, firstRetryMs * 4) : missingRetryMs
      return again * jitter
    }
    // A server that ends every watch at once is asked no faster than one that fails.
    return Math.min(firstRetryMs * 2 ** Math.max(0, this.#failures - 1), longestRetryMs) * jitter
  }

  #move(state: KindState['state'], problem: KaasError | undefined): void {
    if (state === 'watched') this.#problem = undefined
    this.#state = state
    this.#problem = problem
    this.#settings.moved()
  }
}

function isGarbage(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof RangeError
}

function broken(server: string, { kind }: WatchedKind, error: unknown): KaasError {
  const words = error instanceof Error ? error.message : String(error)
  return unavailable(server, `the watch of ${kind} broke: ${words}`, error)
}

function versionOf(object: unknown): string | undefined {
  const metadata = (object as { readonly metadata?: { readonly resourceVersion?: unknown } } | null)?.metadata
  return typeof metadata?.resourceVersion === 'string' ? metadata.resourceVersion : undefined
}

function statusCodeOf(object: unknown): number {
  const code = (object as { readonly code?: unknown } | null)?.code
  return typeof code === 'number' ? code : 500
}
