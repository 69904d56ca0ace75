// SPDX-License-Identifier: Apache-2.0
/** The retention limit of a tenant, as a rule over config values. Pure. Values that are no numbers are left for Kafka to refuse. */
import { renderDuration, type SnapshotTenant } from '@kaas/domain'

/** The config that the limit is about. */
export const RETENTION = 'retention.ms'

const WHOLE_NUMBER = /^-?\d{1,19}$/
const UNLIMITED = -1n

/** Broker settings that stand behind `retention.ms` when a topic has none of its own, with their units in milliseconds. */
const DEFAULT_UNITS_MS: Readonly<Record<string, bigint>> = {
  'retention.ms': 1n,
  'log.retention.ms': 1n,
  'log.retention.minutes': 60_000n,
  'log.retention.hours': 3_600_000n,
}

/** Whether data would be kept longer than the tenant may keep it. Absent: not known, so it counts as too long. */
export function exceedsRetention(value: string | null | undefined, tenant: SnapshotTenant): boolean {
  if (value === null || value === undefined) return true
  if (!WHOLE_NUMBER.test(value)) return false
  const milliseconds = BigInt(value)
  return milliseconds === UNLIMITED || milliseconds > BigInt(tenant.limits.retentionMs)
}

/** What the owner of the topic is told. */
export function retentionRefusal(value: string, tenant: SnapshotTenant): string {
  const limit = `${tenant.limits.retentionMs} ms (${renderDuration(tenant.limits.retentionMs)})`
  const wanted = value === String(UNLIMITED) ? 'would keep data without end' : `is longer`
  return (
    `The tenant "${tenant.name}" keeps data for at most ${limit}; ${RETENTION}=${value} ${wanted}. ` +
    'Choose a shorter retention, or raise the retention in the workload of the tenant.'
  )
}

/** The value that a topic has without one of its own, from the synonyms that DescribeConfigs tells, or undefined. */
export function defaultRetention(
  synonyms: readonly { readonly name: string; readonly value: string | null; readonly source: number }[],
): string | undefined {
  const behind = synonyms.find(({ source }) => source !== TOPIC_SOURCE)
  const unit = behind === undefined ? undefined : DEFAULT_UNITS_MS[behind.name]
  if (behind?.value === null || behind?.value === undefined || unit === undefined) return undefined
  if (!WHOLE_NUMBER.test(behind.value)) return undefined
  const value = BigInt(behind.value)
  return String(value < 0n ? value : value * unit)
}

/** Set on the topic itself. */
const TOPIC_SOURCE = 1
