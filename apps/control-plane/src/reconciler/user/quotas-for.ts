// SPDX-License-Identifier: Apache-2.0
/**
 * The quotas of a user. Pure. Kafka counts per user and per broker, so each user may use the tenant's whole limit, divided by the
 * brokers; all users of a tenant together are held to it only by the sum of their own quotas.
 */
import { type PlanLimits, parseRate, type UserSpec } from '@kaas/domain'
import type { QuotaChange } from '@kaas/kafka-admin'
import { quotaPerBroker } from '@kaas/planner'

/** By Kafka's key, bytes per second and broker. The tenant's limits, unless the user's own say less. */
export function quotasFor(spec: UserSpec, limits: PlanLimits, brokers: number): Readonly<Record<string, number>> {
  const { produce, consume } = spec.quotas
  const own = {
    ...limits,
    produceBytesPerSecond: Math.min(limits.produceBytesPerSecond, produce === undefined ? Infinity : parseRate(produce)),
    consumeBytesPerSecond: Math.min(limits.consumeBytesPerSecond, consume === undefined ? Infinity : parseRate(consume)),
  }
  const { produceBytesPerSecond, consumeBytesPerSecond } = quotaPerBroker(own, brokers)
  return { producer_byte_rate: produceBytesPerSecond, consumer_byte_rate: consumeBytesPerSecond }
}

/** What turns the quotas found into the wanted ones; undefined when they are the same. */
export function quotaChange(
  found: Readonly<Record<string, number>>,
  wanted: Readonly<Record<string, number>>,
): QuotaChange | undefined {
  const set = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => found[key] !== value))
  const remove = Object.keys(found).filter((key) => wanted[key] === undefined)
  return Object.keys(set).length === 0 && remove.length === 0 ? undefined : { set, remove }
}
