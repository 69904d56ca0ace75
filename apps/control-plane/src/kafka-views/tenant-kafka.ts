// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the Kafka of a tenant, for whoever looks: which cluster she lives on, an administrator of it, and a deadline. What is
 * asked there is not here.
 */
import { prefixOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import type { Store, StoredResource } from '@kaas/store'
import { ClusterBusy, type KafkaClusters } from '../kafka/kafka-clusters.ts'
import { absentError } from '../services/resource-paths.ts'
import { claimOf } from '../tenants/claim.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'

/** The Kafka of one tenant while it is looked at. */
export interface TenantHome {
  readonly tenant: StoredResource<'Tenant'>
  readonly cluster: StoredResource<'KafkaCluster'>
  /** Of all its names, dot included. */
  readonly prefix: string
  readonly admin: KafkaAdmin
}

/** What one look may take in all; single calls have shorter deadlines of their own. */
const LOOK_TIMEOUT_MS = 12_000

/** Opens the Kafka of tenants. Several may share one value. */
export class TenantKafka {
  readonly #store: Store
  readonly #clusters: KafkaClusters

  constructor(store: Store, clusters: KafkaClusters) {
    this.#store = store
    this.#clusters = clusters
  }

  /**
   * Runs `work` at the Kafka of `tenant`. Throws `resource-absent` for an unknown tenant, `not-supported` for one with Kafka of its
   * own, `kafka-unavailable` while it has no place yet or its cluster is away, and `kafka-timeout`. A cluster that failed is left
   * alone for a moment: who comes then is told at once.
   */
  async in<T>(tenant: string, work: (home: TenantHome) => Promise<T>): Promise<T> {
    const { stored, cluster } = await this.#find(tenant)
    return await this.onCluster(cluster, (admin) => work({ tenant: stored, cluster, prefix: prefixOf(tenant), admin }))
  }

  /** Runs `work` at a cluster, with the same deadline and the same rest after failures. */
  async onCluster<T>(cluster: StoredResource<'KafkaCluster'>, work: (admin: KafkaAdmin) => Promise<T>): Promise<T> {
    const access = await this.#clusters.enter(cluster.name, cluster.spec).catch((error: unknown) => {
      throw error instanceof ClusterBusy ? busy(cluster.name) : error
    })
    try {
      const result = await within(LOOK_TIMEOUT_MS, work(access.admin), cluster.name)
      access.leave()
      return result
    } catch (error) {
      access.leave(error)
      throw error
    }
  }

  async #find(name: string) {
    const stored = await this.#store.loadResource({ kind: 'Tenant', name })
    if (stored === undefined) throw absentError({ kind: 'Tenant', name })
    if (isDedicated(stored)) throw ownKafka(name)
    const place = claimOf(stored)
    const cluster = place && (await this.#store.loadResource({ kind: 'KafkaCluster', name: place.cluster }))
    if (cluster === undefined) throw notPlaced(name)
    return { stored, cluster }
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>, cluster: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(cluster, timeoutMs)), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Whoever lost the race may still fail, and nobody listens any more.
    work.catch(() => undefined)
  }
}

function tooLate(cluster: string, timeoutMs: number): KaasError {
  return new KaasError('kafka-timeout', {
    message: `The cluster "${cluster}" did not tell everything in ${timeoutMs / 1000} s.`,
    help: 'Try again; if it stays so, look at the load of its brokers.',
  })
}

function busy(cluster: string): KaasError {
  return new KaasError('rate-exceeded', {
    message: `Too many people look at the cluster "${cluster}" at once.`,
    help: 'Try again in a moment.',
  })
}

function ownKafka(tenant: string): KaasError {
  return new KaasError('not-supported', {
    message: `The tenant "${tenant}" has Kafka of its own, which the control plane does not log in to.`,
    help: 'Look with a Kafka client as one of its users: kaas connect shows how.',
  })
}

function notPlaced(tenant: string): KaasError {
  return new KaasError('kafka-unavailable', {
    message: `The tenant "${tenant}" has no place on a cluster yet.`,
    help: `Wait until it is ready: kaas wait tenant/${tenant} --for Ready.`,
  })
}
