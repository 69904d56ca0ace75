// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the snapshot up to date: follows the control plane's stream, and connects again when it ends. What cannot be a snapshot is
 * refused whole and the old one stays. The control plane may be away for any time: traffic goes on.
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { type SnapshotEvent, snapshotEventSchema } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import type { Log } from '@kaas/telemetry'
import { EventStreamReader } from './event-stream.ts'
import { loadLastGood, saveLastGood } from './last-good-file.ts'
import type { SnapshotView } from './snapshot-view.ts'

/** Where the snapshot comes from and where it is kept. */
export interface SnapshotSettings {
  readonly url: string
  readonly tokenFile: string
  /** Where the last good one is kept; undefined keeps none. */
  readonly lastGoodFile: string | undefined
  readonly firstRetryMs?: number
  /** Told of a snapshot that was refused, and why. */
  readonly refused?: (why: string) => void
}

const FIRST_RETRY_MS = 250
const LONGEST_RETRY_MS = 15_000
/** The control plane sends a comment more often than this; silence means that it is gone. */
const SILENCE_MS = 60_000
/** Changes often come in bunches; the file is written once for each. */
const SAVE_AFTER_MS = 500

/** Follows the stream into `view`. Owns a connection and a timer: call `stop`. */
export class SnapshotClient {
  readonly #settings: SnapshotSettings
  readonly #view: SnapshotView
  readonly #log: Log
  readonly #stopping = new AbortController()
  #saving: NodeJS.Timeout | undefined
  #following: Promise<void> | undefined
  #isConnected = false
  #heardAtMs = Date.now()

  constructor(settings: SnapshotSettings, view: SnapshotView, log: Log) {
    this.#settings = settings
    this.#view = view
    this.#log = log
  }

  /** Whether the stream is open now. Serving does not depend on it. */
  get isConnected(): boolean {
    return this.#isConnected
  }

  /** Since the control plane was last heard, or since the start, in milliseconds; 0 while the stream is open. */
  get ageMs(): number {
    return this.#isConnected ? 0 : Date.now() - this.#heardAtMs
  }

  /** Serves from the last good snapshot if there is one, then follows the stream in the background. */
  async start(): Promise<void> {
    await this.#useLastGood()
    this.#view.onChange(() => this.#saveSoon())
    this.#following = this.#follow()
  }

  /** Ends the stream and writes what is not on disk yet. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#following
    if (this.#saving === undefined) return
    clearTimeout(this.#saving)
    await this.#save()
  }

  async #useLastGood(): Promise<void> {
    const { lastGoodFile } = this.#settings
    if (lastGoodFile === undefined) return
    try {
      const snapshot = await loadLastGood(lastGoodFile)
      if (snapshot === undefined) return
      this.#view.apply({ kind: 'full', snapshot })
      this.#log.info({ version: snapshot.version, tenants: snapshot.tenants.length }, 'serving from the last good snapshot')
    } catch (error) {
      const { message, help } = asKaasError(error)
      this.#log.error({ file: lastGoodFile, error: message, help }, 'the last good snapshot cannot be used')
    }
  }

  async #follow(): Promise<void> {
    const firstRetryMs = this.#settings.firstRetryMs ?? FIRST_RETRY_MS
    let retryMs = firstRetryMs
    while (!this.#stopping.signal.aborted) {
      const versionBefore = this.#view.version
      try {
        await this.#followOnce()
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        const { code, message, help } = asKaasError(error)
        this.#log.warn({ code, error: message, help, version: this.#view.version }, 'the snapshot stream broke')
        if (code === 'document-invalid') this.#settings.refused?.(message)
      } finally {
        this.#isConnected = false
      }
      retryMs = this.#view.version > versionBefore ? firstRetryMs : Math.min(retryMs * 2, LONGEST_RETRY_MS)
      await sleep(retryMs * (0.75 + Math.random() / 2), undefined, { signal: this.#stopping.signal, ref: false }).catch(
        () => {},
      )
    }
  }

  /** One connection from its request to its end. Throws when it cannot be opened, breaks, or brings something bad. */
  async #followOnce(): Promise<void> {
    const silence = new AbortController()
    const signal = AbortSignal.any([this.#stopping.signal, silence.signal])
    const watch = setTimeout(() => silence.abort(new Error(`nothing came for ${SILENCE_MS} ms`)), SILENCE_MS)
    try {
      const body = await this.#open(signal)
      this.#isConnected = true
      const reader = new EventStreamReader()
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        watch.refresh()
        this.#heardAtMs = Date.now()
        for (const data of reader.push(chunk)) this.#take(data)
      }
    } catch (error) {
      throw error instanceof KaasError ? error : unavailable(this.#settings.url, error)
    } finally {
      clearTimeout(watch)
    }
  }

  async #open(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const token = (await readFile(this.#settings.tokenFile, 'utf8')).trim()
    const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` }
    const response = await fetch(this.#settings.url, { headers, signal })
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel()
      throw new KaasError('credentials-wrong', {
        message: `The control plane at ${this.#settings.url} does not accept the gateway's token.`,
        help: 'Check that KAAS_SNAPSHOT_TOKEN_FILE names the file that the control plane has in KAAS_GATEWAY_TOKEN_FILE.',
      })
    }
    if (response.status === 200 && response.body !== null) return response.body
    await response.body?.cancel()
    throw unavailable(this.#settings.url, new Error(`it answered with status ${response.status}`))
  }

  #take(data: string): void {
    const before = this.#view.version
    this.#view.apply(parseEvent(data))
    const { version, tenantCount } = this.#view
    if (version !== before) this.#log.debug({ version, tenants: tenantCount }, 'the snapshot changed')
  }

  #saveSoon(): void {
    if (this.#settings.lastGoodFile === undefined || this.#stopping.signal.aborted) return
    this.#saving ??= setTimeout(() => void this.#save(), SAVE_AFTER_MS)
  }

  async #save(): Promise<void> {
    this.#saving = undefined
    const { lastGoodFile } = this.#settings
    if (lastGoodFile === undefined) return
    try {
      await saveLastGood(lastGoodFile, this.#view.toSnapshot())
    } catch (error) {
      this.#log.error({ file: lastGoodFile, error: asKaasError(error).message }, 'the snapshot could not be kept on disk')
    }
  }
}

function parseEvent(data: string): SnapshotEvent {
  try {
    return snapshotEventSchema.parse(JSON.parse(data))
  } catch (cause) {
    throw new KaasError('document-invalid', {
      message: `The control plane sent something that is no snapshot: ${cause instanceof Error ? cause.message.slice(0, 300) : ''}`,
      help: 'The last good snapshot stays in use. Check that control plane and gateway have the same version.',
      cause,
    })
  }
}

function unavailable(url: string, cause: unknown): KaasError {
  const { message, cause: deeper } = cause instanceof Error ? cause : { message: String(cause), cause: undefined }
  const why = deeper instanceof Error ? `${message}: ${deeper.message}` : message
  return new KaasError('api-unavailable', {
    message: `The control plane at ${url} cannot be reached: ${why}.`,
    help: 'Check that it runs; the gateway serves from the last good snapshot and tries again.',
    cause,
  })
}
