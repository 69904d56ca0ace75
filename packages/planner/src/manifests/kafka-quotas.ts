// SPDX-License-Identifier: Apache-2.0
/**
 * Quotas of a dedicated cluster. Kafka takes one quota plugin: Strimzi's holds the tenant's total and stops producers before a
 * disk is full, and knows no users; Kafka's own knows users, and neither totals nor disks (decision 0013).
 */
import { quotaPerBroker } from '../limits.ts'
import type { Because } from './manifest.ts'
import type { CheckedInput } from './tenant-input.ts'

/** `spec.kafka.quotas`: Strimzi's plugin unless a user has quotas of its own. */
export function quotasFor(input: CheckedInput): object {
  const { limits, brokers } = input.plan
  const quota = quotaPerBroker(limits, brokers)
  const rates = { producerByteRate: quota.produceBytesPerSecond, consumerByteRate: quota.consumeBytesPerSecond }
  if (hasUserQuotas(input)) return { type: 'kafka', ...rates }
  return { type: 'strimzi', ...rates, minAvailableRatioPerVolume: 0.1, excludedPrincipals: ownPrincipals(input) }
}

/** Why the quotas are as they are. */
export function quotaReasons(input: CheckedInput): readonly Because[] {
  const what = hasUserQuotas(input) ? 'each user without a quota' : 'all users together'
  const reason = `plan: F21, the limit of the workload by ${input.plan.brokers} brokers, for ${what}`
  return ['producerByteRate', 'consumerByteRate'].map((name) => ({ path: ['spec', 'kafka', 'quotas', name], reason }))
}

function hasUserQuotas({ users }: CheckedInput): boolean {
  return users.some(({ spec }) => spec.quotas.produce !== undefined || spec.quotas.consume !== undefined)
}

/** The platform's own clients; Strimzi adds its brokers and Cruise Control by itself. */
function ownPrincipals({ tenant }: CheckedInput): readonly string[] {
  const own = ['entity-topic-operator', 'entity-user-operator', 'kafka-exporter'].map(
    (each) => `${tenant.metadata.name}-${each}`,
  )
  return ['cluster-operator', ...own].map((name) => `User:CN=${name},O=io.strimzi`)
}
