// SPDX-License-Identifier: Apache-2.0
/**
 * Sends the audit log to a topic: at least once, in order per resource. The database is the outbox and keeps the position, so nothing is
 * lost while Kafka is away or when a process dies; one process among many sends, by a lease (decision 0023).
 */
import { randomUUID } from 'node:crypto'
import { asKaasError, KaasError } from '@kaas/errors'
import type { PlatformPart } from '@kaas/http-contract'
import type { Lease, Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { KafkaClusters } from '../kafka/kafka-clusters.ts'
import { type AuditTopic, ensureAuditTopic } from './audit-topic.ts'
import { sendAudit } from './send-audit.ts'

/** The lease whose position says how far the log was sent. */
export const AUDIT_EXPORT = 'audit-export'

/** Where the log goes. */
export interface AuditExportOptions {
  /** Name of a KafkaCluster. */
  readonly cluster: string
  readonly topic: AuditTopic
}

const BATCH = 500
const CALL_TIMEOUT_MS = 6_000
/** Longer than one round with all its tries, so that a lease is not lost over it. */
const LEASE_MS = 30_000
/** Wake-ups may be lost, and a lease may become free. */
const POLL_MS = 3_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 10_000

/** Owns the loop and a way into Kafka; `close` ends both and frees the lease. */
export class AuditExporter {
  readonly #store: Store
  readonly #options: AuditExportOptions
  readonly #log: Log
  readonly #lease: Lease = { name: AUDIT_EXPORT, holder: randomUUID(), leaseMs: LEASE_MS }
  readonly #clusters = new KafkaClusters({ placesPerCluster: 1, callTimeoutMs: CALL_TIMEOUT_MS, clientId: 'kaas-audit' })
  readonly #unsubscribe: () => void
  readonly #done: Promise<void>
  #wake: (() => void) | undefined
  #woken = false
  #closed = false
  /** Known since the topic was looked at; anew after a failure. */
  #partitions: number | undefined
  #failures = 0
  #problem: { readonly message: string; readonly since: Date } | undefined
  #sent = 0

  constructor(store: Store, options: AuditExportOptions, log: Log) {
    this.#store = store
    this.#options = options
    this.#log = log
    this.#unsubscribe = store.onChange((change) => {
      if (change === 'audit') this.#nudge()
    })
    this.#done = this.#run()
  }

  /** Records sent by this process, doubles counted. */
  get sent(): number {
    return this.#sent
  }

  /** Rounds that failed, since the start of this process. */
  failed = 0

  /** For the page of the platform's health. */
  async health(): Promise<PlatformPart> {
    const name = 'audit export'
    const { waiting, holder } = await this.#store.leaseProgress(AUDIT_EXPORT)
    const where = `the topic ${this.#options.topic.name} on ${this.#options.cluster}`
    const problem = this.#problem
    if (problem !== undefined) {
      const message = `${waiting} audit records wait for ${where}: ${problem.message}`
      return { name, state: 'failed', message, since: problem.since.toISOString() }
    }
    const other = holder === this.#lease.holder ? '' : ' Another control plane sends them.'
    if (waiting > BATCH) return { name, state: 'warning', message: `${waiting} audit records wait for ${where}.${other}` }
    return { name, state: 'well', message: `All audit records but the last ${waiting} are in ${where}.${other}` }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#unsubscribe()
    this.#nudge()
    await this.#done
    await this.#clusters.close()
    await this.#store.releaseLease(this.#lease).catch(() => {})
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      try {
        const isMore = await this.#round()
        this.#ended()
        if (!isMore) await this.#rest(POLL_MS, true)
      } catch (error) {
        this.#failedRound(error)
        await this.#rest(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1)), false)
      }
    }
  }

  /** One round; true when there may be more to send. */
  async #round(): Promise<boolean> {
    const position = await this.#store.takeLease(this.#lease)
    if (position === undefined) return false
    const { items } = await this.#store.listAudit({ after: position, limit: BATCH })
    if (items.length === 0 && this.#partitions !== undefined) return false
    const access = await this.#clusters.enter(this.#options.cluster, await this.#clusterSpec(), true)
    this.#partitions ??= await ensureAuditTopic(access.admin, this.#options.topic)
    if (items.length === 0) return false
    const target = { admin: access.admin, topic: this.#options.topic.name, partitions: this.#partitions }
    const last = await sendAudit(target, items)
    this.#sent += items.indexOf(last) + 1
    return await this.#store.moveLease(this.#lease, last.sequence)
  }

  async #clusterSpec() {
    const name = this.#options.cluster
    const cluster = await this.#store.loadResource({ kind: 'KafkaCluster', name })
    if (cluster !== undefined) return cluster.spec
    throw new KaasError('resource-absent', {
      message: `There is no KafkaCluster "${name}", which KAAS_AUDIT_CLUSTER names.`,
      help: 'Create it, or set KAAS_AUDIT_CLUSTER to the name of another.',
    })
  }

  #ended(): void {
    if (this.#problem !== undefined) this.#log.info({}, 'the audit log is sent again')
    this.#failures = 0
    this.#problem = undefined
  }

  #failedRound(thrown: unknown): void {
    const { code, message } = asKaasError(thrown)
    this.failed += 1
    this.#failures += 1
    // It may have been deleted, or made anew with other partitions.
    this.#partitions = undefined
    if (this.#problem?.message !== message) this.#log.warn({ code, error: message }, 'the audit log cannot be sent')
    this.#problem = { message, since: this.#problem?.since ?? new Date() }
  }

  #nudge(): void {
    this.#woken = true
    this.#wake?.()
  }

  /** A new record ends a rest after success; after a failure it would only hurry. */
  async #rest(restMs: number, nudged: boolean): Promise<void> {
    if (this.#closed || (nudged && this.#woken)) {
      this.#woken = false
      return
    }
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, restMs)
    this.#wake = () => {
      if (nudged || this.#closed) resolve()
    }
    await promise
    clearTimeout(timer)
    this.#wake = undefined
    this.#woken = false
  }
}
