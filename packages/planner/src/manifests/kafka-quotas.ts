// SPDX-License-Identifier: Apache-2.0
/**
 * Quotas of a dedicated cluster. Kafka takes one quota plugin: Strimzi's holds the tenant's total over all users and stops
 * producers before a disk is full, and knows no users; Kafka's own knows users, and neither totals nor disks. So the total is
 * shared while no user has a quota, and divided among the users as soon as one has: their quotas come to the total
 * (decision 0018).
 */
import { parseRate, renderRate, type User } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { quotaPerBroker } from '../limits.ts'
import type { Because } from './manifest.ts'
import type { CheckedInput } from './tenant-input.ts'

/** Which plugin holds the tenant's limit: `shared` by all users, or `divided` among them. */
export function quotaModeOf({ users }: Pick<CheckedInput, 'users'>): 'shared' | 'divided' {
  return users.some(({ spec }) => spec.quotas.produce !== undefined || spec.quotas.consume !== undefined)
    ? 'divided'
    : 'shared'
}

/**
 * `spec.kafka.quotas`. Divided, there is no default for all users: it would hold the topic operator and Cruise Control too,
 * which Kafka's plugin cannot exclude (strimzi-kafka-operator#10367).
 */
export function quotasFor(input: CheckedInput): object {
  if (quotaModeOf(input) === 'divided') return { type: 'kafka' }
  const quota = quotaPerBroker(input.plan.limits, input.plan.brokers)
  const rates = { producerByteRate: quota.produceBytesPerSecond, consumerByteRate: quota.consumeBytesPerSecond }
  return { type: 'strimzi', ...rates, minAvailableRatioPerVolume: 0.1, excludedPrincipals: ownPrincipals(input) }
}

/** Why the quotas of the cluster are as they are. */
export function quotaReasons(input: CheckedInput): readonly Because[] {
  if (quotaModeOf(input) === 'divided') {
    return [{ path: ['spec', 'kafka', 'quotas', 'type'], reason: 'a user has quotas: the limit is divided among the users' }]
  }
  const reason = `plan: F21, the limit of the workload by ${input.plan.brokers} brokers, for all users together`
  return ['producerByteRate', 'consumerByteRate'].map((name) => ({ path: ['spec', 'kafka', 'quotas', name], reason }))
}

/** A user's quotas on one broker, each with its reason; none while the total is shared. Throws `limit-exceeded` when users have more than the tenant. */
export function userQuotasFor(input: CheckedInput, user: User): readonly UserQuota[] {
  if (quotaModeOf(input) === 'shared') return []
  return [quotaOf(input, user, 'produce'), quotaOf(input, user, 'consume')]
}

/** A field of `spec.quotas` of a KafkaUser, in bytes a second. */
export interface UserQuota {
  readonly name: 'producerByteRate' | 'consumerByteRate'
  readonly value: number
  readonly reason: string
}

function quotaOf({ tenant, users, plan }: CheckedInput, user: User, way: 'produce' | 'consume'): UserQuota {
  const name = way === 'produce' ? 'producerByteRate' : 'consumerByteRate'
  const total = quotaPerBroker(plan.limits, plan.brokers)[`${way}BytesPerSecond`]
  const stated = users.map(({ spec }) => spec.quotas[way]).filter((rate) => rate !== undefined)
  const left = total - stated.reduce((sum, rate) => sum + perBroker(rate, plan.brokers), 0)
  const others = users.length - stated.length
  const share = others === 0 ? 0 : Math.floor(left / others)
  // Each quota is rounded up by less than a byte per broker; that is no fault of the document.
  if (left < -stated.length || (others > 0 && share < 1)) {
    throw new KaasError('limit-exceeded', {
      message: `The quotas of the users of tenant ${tenant.metadata.name} leave nothing of the ${renderRate(plan.limits[`${way}BytesPerSecond`])} that it may ${way}.`,
      help: `Lower spec.quotas.${way} of a user, or raise spec.workload of the tenant.`,
    })
  }
  const own = user.spec.quotas[way]
  if (own === undefined)
    return { name, value: share, reason: `what other users leave, by ${others}; by ${plan.brokers} brokers, F21` }
  return { name, value: perBroker(own, plan.brokers), reason: `the user's quota by ${plan.brokers} brokers, F21` }
}

function perBroker(rate: string, brokers: number): number {
  return Math.max(1, Math.ceil(parseRate(rate) / brokers))
}

/** Clients of the platform itself. Strimzi excludes some of them too; here all stand, whatever its version does. */
function ownPrincipals({ tenant }: CheckedInput): readonly string[] {
  const own = ['cruise-control', 'entity-topic-operator', 'entity-user-operator', 'kafka', 'kafka-exporter'].map(
    (each) => `${tenant.metadata.name}-${each}`,
  )
  return ['cluster-operator', ...own].map((name) => `User:CN=${name},O=io.strimzi`)
}
