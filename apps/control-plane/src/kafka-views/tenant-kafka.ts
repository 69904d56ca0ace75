// SPDX-License-Identifier: Apache-2.0
/**
 * The way to the Kafka of a tenant, for whoever looks: which cluster she lives on, an administrator of it, and a deadline. What is
 * asked there is not here.
 */
import type { SharedTopic, TenantNames } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import type { Store, StoredResource } from '@kaas/store'
import { ClusterBusy, type KafkaClusters } from '../kafka/kafka-clusters.ts'
import { clusterPlace, type KafkaPlace } from '../kafka/kafka-place.ts'
import { type OwnKafka, ownKey } from '../kafka/own-kafka.ts'
import { placeOfTenant, type TenantPlace } from '../tenants/tenant-place.ts'

/** The Kafka of one tenant while it is looked at. */
export interface TenantHome {
  readonly tenant: StoredResource<'Tenant'>
  readonly names: TenantNames
  /** Topics that have a name here by a share. */
  readonly shares: readonly SharedTopic[]
  readonly admin: KafkaAdmin
}

/** What one look may take in all; single calls have shorter deadlines of their own. */
const LOOK_TIMEOUT_MS = 12_000

/** Opens the Kafka of tenants. Several may share one value. */
export class TenantKafka {
  readonly #store: Store
  readonly #clusters: KafkaClusters
  readonly #own: OwnKafka

  constructor(store: Store, clusters: KafkaClusters, own: OwnKafka) {
    this.#store = store
    this.#clusters = clusters
    this.#own = own
  }

  /**
   * Runs `work` at the Kafka of `tenant`. Throws `resource-absent` for an unknown tenant, `not-configured` for one with a Kafka that the
   * control plane may not log in to, `kafka-unavailable` while it has no place yet or its cluster is away, and `kafka-timeout`. A
   * cluster that failed is left alone for a moment: who comes then is told at once.
   */
  async in<T>(tenant: string, work: (home: TenantHome) => Promise<T>): Promise<T> {
    const { place, ...found } = await this.find(tenant)
    return await this.#at(place, (admin) => work({ ...found, admin }))
  }

  /** Runs `work` at a cluster, with the same deadline and the same rest after failures. */
  async onCluster<T>(cluster: StoredResource<'KafkaCluster'>, work: (admin: KafkaAdmin) => Promise<T>): Promise<T> {
    return await this.#at(clusterPlace(cluster), work)
  }

  /** As onCluster, at the own Kafka of a tenant. */
  async inOwn<T>(tenant: StoredResource<'Tenant'>, work: (admin: KafkaAdmin) => Promise<T>): Promise<T> {
    return await this.#at(this.#own.placeOf(tenant), work)
  }

  /** Where the tenant is. Throws as `in` does before Kafka is asked; a tenant that is gone takes its connections along. */
  async find(tenant: string): Promise<TenantPlace> {
    try {
      return await placeOfTenant(this.#store, this.#own, tenant)
    } catch (error) {
      if (error instanceof KaasError && error.code === 'resource-absent') await this.#forgetOwn(tenant)
      throw error
    }
  }

  /** Ends connections to the own Kafka of tenants that are gone. */
  async forgetGone(): Promise<void> {
    for (const key of this.#clusters.known.filter((each) => each.startsWith(ownKey('')))) {
      await this.find(key.slice(ownKey('').length)).catch(() => undefined)
    }
  }

  async #forgetOwn(tenant: string): Promise<void> {
    this.#own.forget(tenant)
    await this.#clusters.forget(ownKey(tenant))
  }

  async #at<T>(place: KafkaPlace, work: (admin: KafkaAdmin) => Promise<T>): Promise<T> {
    const access = await this.#clusters.enterPlace(place).catch((error: unknown) => {
      throw error instanceof ClusterBusy ? busy(place.title) : error
    })
    try {
      const result = await within(LOOK_TIMEOUT_MS, work(access.admin), place.title)
      access.leave()
      return result
    } catch (error) {
      access.leave(error)
      throw error
    }
  }
}

async function within<T>(timeoutMs: number, work: Promise<T>, where: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(where, timeoutMs)), timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Whoever lost the race may still fail, and nobody listens any more.
    work.catch(() => undefined)
  }
}

function tooLate(where: string, timeoutMs: number): KaasError {
  return new KaasError('kafka-timeout', {
    message: `The ${where} did not tell everything in ${timeoutMs / 1000} s.`,
    help: 'Try again; if it stays so, look at the load of its brokers.',
  })
}

function busy(where: string): KaasError {
  return new KaasError('rate-exceeded', {
    message: `Too many people look at the ${where} at once.`,
    help: 'Try again in a moment.',
  })
}
