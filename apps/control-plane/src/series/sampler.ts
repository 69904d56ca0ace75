// SPDX-License-Identifier: Apache-2.0
/**
 * Samples once a minute: gateways and clusters are read, points are written. One control plane does it for all, by a lease; another
 * takes over when it goes. Each cluster is written when it has answered, so that a slow one delays nobody.
 */
import { randomUUID } from 'node:crypto'
import { namesOf, type TenantNames } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import type { Lease, Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { UsageReading } from '../kafka-views/reading/read-usage.ts'
import type { TenantKafka } from '../kafka-views/tenant-kafka.ts'
import type { Placements } from '../tenants/placements.ts'
import { Admitted } from './admitted.ts'
import { GatewayMetrics, type TenantTraffic } from './gateway-metrics.ts'
import { readCluster } from './read-cluster.ts'
import { type ClusterReading, samplesOf } from './samples-of.ts'

/** What the sampler works with. */
export interface SamplerParts {
  readonly store: Store
  readonly placements: Placements
  readonly kafka: TenantKafka
  readonly gatewayUrls: readonly string[]
  /** Topics and groups that are kept over time, of all tenants together. */
  readonly mostThings: number
  readonly log: Log
  /** A minute when absent. */
  readonly everyMs?: number
}

/** How the last round went, for whoever asks whether the platform is well. */
export interface SamplingState {
  /** Whether this process samples. */
  readonly holder: boolean
  /** When the last round ended, in milliseconds since 1970; undefined before the first. */
  readonly endedAtMs: number | undefined
  /** What was silent in the last round: clusters and gateways, with the reason. */
  readonly silent: readonly { readonly what: string; readonly reason: string }[]
}

/** How long usage is kept: minutes for two days, hours for ninety. */
export const SERIES_KEPT = { minutesMs: 2 * 86_400_000, hoursMs: 90 * 86_400_000 } as const

/** One Kafka that is read, with the tenants who live there. */
interface Target {
  /** `cluster main`, `tenant shop`. */
  readonly what: string
  readonly isShared: boolean
  ask(work: (admin: KafkaAdmin) => Promise<ClusterReading>): Promise<ClusterReading>
  tenants(): Promise<readonly TenantNames[]>
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const GATEWAY_TIMEOUT_MS = 5_000
const MOST_OF_TENANT = 1_000
/** A holder that goes without a word is followed after so many rounds. */
const LEASE_ROUNDS = 2.5

/** Owns its timer; `stop` ends it after the round that runs. */
export class Sampler {
  readonly #parts: SamplerParts
  readonly #lease: Lease
  readonly #gateways: GatewayMetrics
  readonly #admitted: Admitted
  readonly #before = new Map<string, UsageReading>()
  readonly #busy = new Map<string, Promise<void>>()
  readonly #silent = new Map<string, string>()
  readonly #timer: NodeJS.Timeout
  #round: Promise<void> | undefined
  #holder = false
  #endedAtMs: number | undefined

  constructor(parts: SamplerParts) {
    this.#parts = parts
    const everyMs = parts.everyMs ?? MINUTE_MS
    this.#lease = { name: 'sampling', holder: randomUUID(), leaseMs: everyMs * LEASE_ROUNDS }
    this.#gateways = new GatewayMetrics(parts.gatewayUrls, GATEWAY_TIMEOUT_MS)
    this.#admitted = new Admitted({ most: parts.mostThings, mostOfTenant: MOST_OF_TENANT, idleMs: 2 * HOUR_MS })
    this.#timer = setInterval(() => this.#start(), everyMs)
    this.#start()
  }

  get state(): SamplingState {
    const silent = [...this.#silent].map(([what, reason]) => ({ what, reason }))
    return { holder: this.#holder, endedAtMs: this.#endedAtMs, silent }
  }

  /** Resolves when nothing is written any more, and lets another process sample at once. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
    await Promise.all(this.#busy.values())
    await this.#parts.store.releaseLease(this.#lease).catch(() => undefined)
  }

  #start(): void {
    this.#round ??= this.#sample()
      .catch((error: unknown) => {
        this.#parts.log.warn({ error: asKaasError(error).message }, 'usage could not be sampled')
      })
      .finally(() => {
        this.#round = undefined
      })
  }

  async #sample(): Promise<void> {
    const { store } = this.#parts
    const condensedThrough = await store.takeLease(this.#lease)
    this.#holder = condensedThrough !== undefined
    if (condensedThrough === undefined) return
    const atMs = Date.now()
    const { traffic, silent } = await this.#gateways.read()
    this.#tell(
      'gateway ',
      silent.map(({ url, reason }) => [url, reason]),
    )
    for (const target of await this.#targets()) this.#sampleOne(target, atMs, traffic)
    await this.#tidy(condensedThrough, atMs)
    this.#endedAtMs = Date.now()
  }

  /** Goes on beside the round. A Kafka that still answers the round before is left out of this one. */
  #sampleOne(target: Target, atMs: number, traffic: ReadonlyMap<string, TenantTraffic>): void {
    const { what } = target
    if (this.#busy.has(what)) return
    const work = this.#writeOne(target, atMs, traffic)
      .catch((error: unknown) => {
        this.#parts.log.warn({ what, error: asKaasError(error).message }, 'the usage of a Kafka was not written')
      })
      .finally(() => this.#busy.delete(what))
    this.#busy.set(what, work)
  }

  /** Without an answer of Kafka, what the gateways said is written alone. */
  async #writeOne(
    { what, isShared, ask, tenants: tenantsOf }: Target,
    atMs: number,
    traffic: ReadonlyMap<string, TenantTraffic>,
  ) {
    const before = this.#before.get(what)
    const reading = await ask((admin) => readCluster(admin, before)).then(
      (found) => {
        this.#silent.delete(what)
        if (found.usage !== undefined) this.#before.set(what, found.usage)
        return found
      },
      (error: unknown) => {
        const { code, message } = asKaasError(error)
        // A Kafka that is still being made, or that nobody is to look into, is no news each minute.
        if (isShared || (before !== undefined && code !== 'not-configured')) this.#silent.set(what, message)
        return {}
      },
    )
    const tenants = await tenantsOf()
    const samples = this.#admitted.admit(samplesOf(tenants, reading, traffic), atMs)
    await this.#parts.store.saveSeries('minute', atMs, samples)
  }

  /** Every shared cluster, and every Kafka of a tenant's own. What is no longer among them is forgotten. */
  async #targets(): Promise<readonly Target[]> {
    const { store, placements, kafka } = this.#parts
    const { items } = await store.listResources({ kind: 'KafkaCluster', limit: 1000 })
    const shared = items.filter(({ deletionRequestedAt }) => deletionRequestedAt === undefined)
    const targets = [
      ...shared.map(
        (cluster): Target => ({
          what: `cluster ${cluster.name}`,
          isShared: true,
          ask: (work) => kafka.onCluster(cluster, work),
          tenants: async () => (await placements.tenantsOn(cluster.name)).map((name) => namesOf(name, 'virtual')),
        }),
      ),
      ...(await placements.dedicated()).map(
        (tenant): Target => ({
          what: `tenant ${tenant.name}`,
          isShared: false,
          ask: (work) => kafka.inOwn(tenant, work),
          tenants: async () => [namesOf(tenant.name, tenant.spec.isolation)],
        }),
      ),
    ]
    this.#forgetAllBut(new Set(targets.map(({ what }) => what)))
    return targets
  }

  #forgetAllBut(known: ReadonlySet<string>): void {
    for (const what of this.#before.keys()) if (!known.has(what)) this.#before.delete(what)
    for (const what of this.#silent.keys()) {
      if (!what.startsWith('gateway ') && !known.has(what)) this.#silent.delete(what)
    }
  }

  /** Hours that are over become points of their own, each once; then what is too old goes. */
  async #tidy(condensedThrough: number, nowMs: number): Promise<void> {
    const { store } = this.#parts
    const current = Math.floor(nowMs / HOUR_MS) * HOUR_MS
    // Nobody has ever sampled: there is nothing to condense yet.
    const first = condensedThrough === 0 ? current - HOUR_MS : Math.max(condensedThrough, current - SERIES_KEPT.minutesMs)
    if (first >= current) return
    for (let hour = first; hour < current; hour += HOUR_MS) {
      await store.condenseSeries(hour)
      if (!(await store.moveLease(this.#lease, hour + HOUR_MS))) return
    }
    this.#admitted.forgetIdle(nowMs)
    await store.trimSeries(nowMs, SERIES_KEPT)
  }

  #tell(prefix: string, silent: readonly (readonly [string, string])[]): void {
    for (const key of this.#silent.keys()) if (key.startsWith(prefix)) this.#silent.delete(key)
    for (const [url, reason] of silent) this.#silent.set(`${prefix}${url}`, reason)
  }
}
