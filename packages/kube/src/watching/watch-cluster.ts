// SPDX-License-Identifier: Apache-2.0
/** Puts the parts of a watch together: one connection, its health, one watch per kind, one memory. */
import { setImmediate } from 'node:timers'
import { KaasError } from '@kaas/errors'
import type { ClusterWatch, KindState, KubeOptions, WatchTiming } from '../cluster-watch.ts'
import { ApiClient } from '../connection/api-client.ts'
import { CredentialSource } from '../connection/credentials.ts'
import { ConnectionHealth } from './connection-health.ts'
import { KindWatch } from './kind-watch.ts'
import { ObjectCache } from './object-cache.ts'
import { ObjectWriter } from './object-writer.ts'
import { readSecret } from './read-secret.ts'

const TIMING: WatchTiming = {
  firstRetryMs: 500,
  longestRetryMs: 30_000,
  missingRetryMs: 30_000,
  heartbeatMs: 10_000,
  watchMs: 5 * 60_000,
}

/** Begins to watch and returns at once; `ready` tells when it knows something. Owns connections and timers: call `close`. Never throws. */
export function watchCluster(options: KubeOptions): ClusterWatch {
  return new RunningWatch(options)
}

class RunningWatch implements ClusterWatch {
  readonly #client: ApiClient
  readonly #cache: ObjectCache
  readonly #health: ConnectionHealth
  readonly #kinds: readonly KindWatch[]
  readonly #writer: ObjectWriter
  readonly #tell: (tenant: string | undefined) => void
  readonly #settled = Promise.withResolvers<void>()
  #toTell = new Set<string | undefined>()
  #isClosed = false

  constructor({ kubeconfig, mayUseHost, kinds, labelSelector, changed, now, timing: other }: KubeOptions) {
    const timing = { ...TIMING, ...other }
    this.#tell = changed
    this.#client = new ApiClient(new CredentialSource(kubeconfig, mayUseHost ?? false, now))
    this.#cache = new ObjectCache((tenant) => this.#changed(tenant))
    this.#writer = new ObjectWriter(this.#client)
    this.#health = new ConnectionHealth({ client: this.#client, timing, now, turned: (isBack) => this.#turned(isBack) })
    this.#kinds = kinds.map((kind) => {
      const moved = () => this.#moved()
      const selector = kind.labelSelector ?? labelSelector
      return new KindWatch({ kind, labelSelector: selector, client: this.#client, cache: this.#cache, timing, moved })
    })
    this.#moved()
    this.#health.start()
    for (const kind of this.#kinds) kind.start()
  }

  objectsOf(tenant: string) {
    return this.#cache.objectsOf(tenant)
  }

  objectsOfPlatform() {
    return this.#cache.objectsOf(undefined)
  }

  kinds(): readonly KindState[] {
    const { problem } = this.#health
    const states = this.#kinds.map(({ state }) => state)
    return problem === undefined ? states : states.map((state) => ({ ...state, state: 'behind', problem }))
  }

  lostSince() {
    return this.#health.lostSince
  }

  problem() {
    return this.#health.problem ?? this.#kinds.map(({ state }) => state.problem).find((problem) => problem !== undefined)
  }

  lookAgain(): void {
    this.#health.wake()
    for (const kind of this.#kinds) kind.wake()
  }

  async ready(timeoutMs: number): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(this.problem() ?? notYet(timeoutMs)), timeoutMs)
    try {
      await Promise.race([this.#settled.promise, late])
    } finally {
      clearTimeout(timer)
    }
  }

  readSecret(namespace: string, name: string) {
    return readSecret(this.#client, namespace, name)
  }

  apply(object: object) {
    return this.#writer.apply(object)
  }

  applyStatus(object: object) {
    return this.#writer.applyStatus(object)
  }

  remove(key: Parameters<ClusterWatch['remove']>[0]) {
    return this.#writer.remove(key)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const stopped = [this.#health.stop(), ...this.#kinds.map((kind) => kind.stop())]
    this.#client.close()
    await Promise.all(stopped)
  }

  /** A list or a burst of events tells each tenant once. */
  #changed(tenant: string | undefined): void {
    if (this.#toTell.size === 0) setImmediate(() => this.#tellAll())
    this.#toTell.add(tenant)
  }

  #tellAll(): void {
    const tenants = this.#toTell
    this.#toTell = new Set()
    if (this.#isClosed) return
    for (const tenant of tenants) this.#tell(tenant)
  }

  #turned(isBack: boolean): void {
    if (isBack) for (const kind of this.#kinds) kind.reconnect()
    this.#changed(undefined)
  }

  #moved(): void {
    if (this.#kinds.every(({ wasSettled }) => wasSettled)) this.#settled.resolve()
  }
}

function notYet(timeoutMs: number): KaasError {
  return new KaasError('kubernetes-unavailable', {
    message: `The Kubernetes API server did not list everything within ${timeoutMs} ms.`,
    help: 'Wait: watching goes on by itself.',
  })
}
