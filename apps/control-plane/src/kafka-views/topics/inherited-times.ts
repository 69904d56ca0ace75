// SPDX-License-Identifier: Apache-2.0
/**
 * What a topic inherits for settings of time that brokers may be told in three units. Kafka does not list these as fallbacks, because
 * names and units differ: `retention.ms` of a topic is `log.retention.hours` of its brokers.
 */
import type { ConfigEntry, KafkaAdmin } from '@kaas/kafka-admin'

/** Names at the broker, the strongest first, with milliseconds per unit. */
const AT_BROKERS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  'retention.ms': [
    ['log.retention.ms', 1],
    ['log.retention.minutes', 60_000],
    ['log.retention.hours', 3_600_000],
  ],
  'segment.ms': [
    ['log.roll.ms', 1],
    ['log.roll.hours', 3_600_000],
  ],
  'segment.jitter.ms': [
    ['log.roll.jitter.ms', 1],
    ['log.roll.jitter.hours', 3_600_000],
  ],
}

/** `entries` with fallbacks for those that Kafka tells none of. Asks a broker only when a topic overrides one of them. */
export async function withInheritedTimes(
  admin: KafkaAdmin,
  entries: readonly ConfigEntry[],
): Promise<readonly ConfigEntry[]> {
  const open = entries.filter(
    (entry) => entry.source === 'topic' && entry.fallback === undefined && entry.name in AT_BROKERS,
  )
  const node = open.length === 0 ? undefined : (await admin.describeCluster()).brokers.find(({ fenced }) => !fenced)
  if (node === undefined) return entries
  const keys = open.flatMap(({ name }) => (AT_BROKERS[name] ?? []).map(([key]) => key))
  const found = await admin.describeConfigs('broker', String(node.nodeId), keys)
  return entries.map((entry) => (open.includes(entry) ? withFallback(entry, found) : entry))
}

function withFallback(entry: ConfigEntry, found: readonly ConfigEntry[]): ConfigEntry {
  for (const [name, unitMs] of AT_BROKERS[entry.name] ?? []) {
    const said = found.find((each) => each.name === name)
    if (said === undefined || said.value === null) continue
    const value = Number(said.value) < 0 ? said.value : String(Number(said.value) * unitMs)
    return { ...entry, fallback: { value, source: said.source } }
  }
  return entry
}
