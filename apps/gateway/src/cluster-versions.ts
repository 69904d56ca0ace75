// SPDX-License-Identifier: Apache-2.0
/**
 * Learns which versions the brokers of each cluster speak: one ApiVersions request to one broker, before any client needs it,
 * and again from time to time, as brokers are upgraded.
 */
import type { SnapshotCluster } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import { apiVersions } from '@kaas/kafka-protocol'
import type { Log } from '@kaas/telemetry'
import type { BrokerConnection } from './broker-connection.ts'
import type { ClusterDirectory } from './cluster-directory.ts'
import { dialBroker } from './dial-broker.ts'
import type { Endpoint } from './step.ts'
import type { BrokerVersions } from './version-ranges.ts'

const DIAL_TIMEOUT_MS = 5000
const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 30_000
const REFRESH_MS = 300_000

/** What brokers speak, by cluster. Owns timers: call `close`. */
export class ClusterVersions {
  readonly #directory: ClusterDirectory
  readonly #log: Log
  readonly #known = new Map<string, BrokerVersions>()
  /** One watch per cluster; aborted when the cluster goes. */
  readonly #watches = new Map<string, { cluster: SnapshotCluster; timer: NodeJS.Timeout | undefined }>()

  constructor(directory: ClusterDirectory, log: Log) {
    this.#directory = directory
    this.#log = log
  }

  /** Whether a broker of any cluster has answered. */
  get hasAny(): boolean {
    return this.#known.size > 0
  }

  /** What counts for a client: its own cluster once it is logged in, all clusters before. Empty while no broker has answered. */
  seenFrom(cluster: string | undefined): readonly BrokerVersions[] {
    const own = cluster === undefined ? undefined : this.#known.get(cluster)
    return own === undefined ? [...this.#known.values()] : [own]
  }

  /** Follows the clusters of a new snapshot. */
  update(clusters: readonly SnapshotCluster[]): void {
    const byName = new Map(clusters.map((cluster) => [cluster.name, cluster]))
    for (const [name, watch] of this.#watches) {
      const cluster = byName.get(name)
      if (cluster === undefined) this.#forget(name)
      else watch.cluster = cluster
    }
    for (const cluster of clusters) {
      if (this.#watches.has(cluster.name)) continue
      this.#watches.set(cluster.name, { cluster, timer: undefined })
      void this.#ask(cluster.name, FIRST_RETRY_MS)
    }
  }

  close(): void {
    for (const name of [...this.#watches.keys()]) this.#forget(name)
  }

  #forget(name: string): void {
    clearTimeout(this.#watches.get(name)?.timer)
    this.#watches.delete(name)
    this.#known.delete(name)
  }

  async #ask(name: string, retryMs: number): Promise<void> {
    const watch = this.#watches.get(name)
    if (watch === undefined) return
    let nextMs = REFRESH_MS
    let nextRetryMs = FIRST_RETRY_MS
    try {
      const versions = await this.#fetchVersions(watch.cluster)
      if (this.#watches.get(name) === watch) this.#known.set(name, versions)
    } catch (error) {
      const { message } = asKaasError(error)
      this.#log.warn({ cluster: name, error: message }, 'a cluster did not say which versions it speaks')
      nextMs = retryMs
      nextRetryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)
    }
    if (this.#watches.get(name) !== watch) return
    watch.timer = setTimeout(() => void this.#ask(name, nextRetryMs), nextMs).unref()
  }

  async #fetchVersions(cluster: SnapshotCluster): Promise<BrokerVersions> {
    let versions: BrokerVersions | undefined
    const dial = {
      cluster,
      addresses: this.#directory.addressesOf(cluster, undefined, Date.now()),
      timeoutMs: DIAL_TIMEOUT_MS,
      greet: async (broker: BrokerConnection, timeoutMs: number) => {
        versions = await askVersions(broker, timeoutMs)
      },
      away: (address: Endpoint) => this.#directory.away(address, Date.now()),
    }
    const broker = await dialBroker(dial, { drained: () => {}, ended: () => {}, reading: () => {} })
    broker.end()
    if (versions === undefined) throw new Error('a broker that was greeted has answered')
    return versions
  }
}

async function askVersions(broker: BrokerConnection, timeoutMs: number): Promise<BrokerVersions> {
  const [, last] = apiVersions.versions
  const request = { clientSoftwareName: 'kaas-gateway', clientSoftwareVersion: '0.1.0' }
  const answer = await broker.ask(apiVersions, last, request, timeoutMs)
  if (answer.errorCode === 0) return answer
  const range = answer.apiKeys.find(({ apiKey }) => apiKey === apiVersions.key)
  return await broker.ask(apiVersions, Math.min(range?.maxVersion ?? 0, last), request, timeoutMs)
}
