// SPDX-License-Identifier: Apache-2.0
/** What Kafka must hold for a topic's document. Pure. */
import { type PlanLimits, physicalName, renderDuration, type TopicSpec } from '@kaas/domain'

/** A topic in Kafka's terms. `configs` are exactly the settings of the topic itself. */
export interface DesiredTopic {
  readonly name: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}

/** The tenant's retention is the default for `retention.ms`; what the document says wins. */
export function desiredTopic(tenant: string, name: string, spec: TopicSpec, limits: PlanLimits): DesiredTopic {
  const configs = { 'retention.ms': String(limits.retentionMs), ...spec.config }
  return { name: physicalName(tenant, name), partitions: spec.partitions, configs }
}

/** Why the tenant's limits do not allow the topic, or undefined when they do. Without end (`-1`) is longer than any limit. */
export function limitProblem(desired: DesiredTopic, limits: PlanLimits): string | undefined {
  const retentionMs = Number(desired.configs['retention.ms'])
  if (retentionMs >= 0 && retentionMs <= limits.retentionMs) {
    return desired.partitions <= limits.partitions
      ? undefined
      : `The topic asks for ${desired.partitions} partitions; the tenant may have ${limits.partitions} in all.`
  }
  return (
    `The topic's retention.ms is ${desired.configs['retention.ms']}; the tenant keeps data for ` +
    `${renderDuration(limits.retentionMs)} (${limits.retentionMs}). Lower it, or order a longer retention for the tenant.`
  )
}
