// SPDX-License-Identifier: Apache-2.0
/** From what gateways and a cluster say to the points that are kept. Pure. */
import { logicalName, tenantOf } from '@kaas/domain'
import type { SeriesSample } from '@kaas/store'
import type { GroupsReading } from '../kafka-views/reading/read-groups.ts'
import type { TopicUsage, UsageReading } from '../kafka-views/reading/read-usage.ts'
import type { TenantTraffic } from './gateway-metrics.ts'

/** One reading of a whole cluster. A member is absent when it could not be read. */
export interface ClusterReading {
  readonly usage?: UsageReading
  /** Partitions by physical topic. */
  readonly partitions?: ReadonlyMap<string, number>
  readonly groups?: GroupsReading
}

/** The points of the tenants of one cluster: one for each tenant, and one for each of her topics and groups. */
export function samplesOf(
  tenants: readonly string[],
  { usage, partitions, groups }: ClusterReading,
  traffic: ReadonlyMap<string, TenantTraffic>,
): readonly SeriesSample[] {
  const topicsOf = byTenant(partitions?.keys() ?? [])
  const groupsOf = byTenant(groups?.groups.keys() ?? [])
  return tenants.flatMap((tenant): readonly SeriesSample[] => {
    const topics = topicsOf.get(tenant) ?? []
    const usages = topics.map((topic) => usage?.topics.get(topic))
    const lags = (groupsOf.get(tenant) ?? []).map((group) => groups?.groups.get(group)?.lag)
    const at = traffic.get(tenant)
    const own: SeriesSample = {
      tenant,
      kind: 'tenant',
      name: '',
      values: [
        at?.bytesIn ?? (usage === undefined ? null : sumOf(usages, 'bytesInPerS')),
        at?.bytesOut ?? null,
        at?.requests ?? null,
        at?.connections ?? null,
        partitions === undefined ? null : topics.reduce((sum, topic) => sum + (partitions.get(topic) ?? 0), 0),
        usage === undefined ? null : sumOf(usages, 'bytes'),
        usage === undefined ? null : sumOf(usages, 'recordsInPerS'),
        groups === undefined ? null : lags.reduce<number>((sum, lag) => sum + (lag ?? 0), 0),
      ],
    }
    return [own, ...topics.flatMap((topic) => topicSample(tenant, topic, usage)), ...groupSamples(tenant, groupsOf, groups)]
  })
}

function topicSample(tenant: string, physical: string, usage: UsageReading | undefined): readonly SeriesSample[] {
  const [name, found] = [logicalName(tenant, physical), usage?.topics.get(physical)]
  if (name === undefined || found === undefined) return []
  const values = [found.bytesInPerS ?? null, found.bytes ?? null, found.recordsInPerS ?? null]
  return [{ tenant, kind: 'topic', name, values }]
}

function groupSamples(
  tenant: string,
  groupsOf: ReadonlyMap<string, readonly string[]>,
  groups: GroupsReading | undefined,
): readonly SeriesSample[] {
  return (groupsOf.get(tenant) ?? []).flatMap((groupId) => {
    const [name, lag] = [logicalName(tenant, groupId), groups?.groups.get(groupId)?.lag]
    return name === undefined || lag === undefined ? [] : [{ tenant, kind: 'group', name, values: [lag] } as const]
  })
}

function byTenant(names: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  return Map.groupBy([...names], (name) => tenantOf(name) ?? '')
}

/** Null while one of them is not known for any topic; 0 without topics. */
function sumOf(usages: readonly (TopicUsage | undefined)[], key: keyof TopicUsage): number | null {
  if (usages.length === 0) return 0
  const known = usages.flatMap((usage) => usage?.[key] ?? [])
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
