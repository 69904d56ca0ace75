// SPDX-License-Identifier: Apache-2.0
/** From what gateways and a cluster say to the points that are kept. Pure. */
import { type TenantNames, tenantOf } from '@kaas/domain'
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
  tenants: readonly TenantNames[],
  { usage, partitions, groups }: ClusterReading,
  traffic: ReadonlyMap<string, TenantTraffic>,
): readonly SeriesSample[] {
  const topicsOf = namesBy(tenants, partitions?.keys() ?? [])
  const groupsOf = namesBy(tenants, groups?.groups.keys() ?? [])
  return tenants.flatMap((names): readonly SeriesSample[] => {
    const { tenant } = names
    const topics = topicsOf(names)
    const usages = topics.map((topic) => usage?.topics.get(topic))
    const lags = groupsOf(names).map((group) => groups?.groups.get(group)?.lag)
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
    return [
      own,
      ...topics.flatMap((topic) => topicSample(names, topic, usage)),
      ...groupSamples(names, groupsOf(names), groups),
    ]
  })
}

function topicSample(
  { tenant, logical }: TenantNames,
  physical: string,
  usage: UsageReading | undefined,
): readonly SeriesSample[] {
  const [name, found] = [logical(physical), usage?.topics.get(physical)]
  if (name === undefined || found === undefined) return []
  const values = [found.bytesInPerS ?? null, found.bytes ?? null, found.recordsInPerS ?? null]
  return [{ tenant, kind: 'topic', name, values }]
}

function groupSamples(
  { tenant, logical }: TenantNames,
  groupIds: readonly string[],
  groups: GroupsReading | undefined,
): readonly SeriesSample[] {
  return groupIds.flatMap((groupId) => {
    const [name, lag] = [logical(groupId), groups?.groups.get(groupId)?.lag]
    return name === undefined || lag === undefined ? [] : [{ tenant, kind: 'group', name, values: [lag] } as const]
  })
}

/** The names of each tenant among all of a cluster, looked at once; on a Kafka of her own all that are not the platform's. */
function namesBy(tenants: readonly TenantNames[], all: Iterable<string>): (tenant: TenantNames) => readonly string[] {
  const found = [...all]
  const shared = tenants.some(({ isOwn }) => !isOwn) ? Map.groupBy(found, (name) => tenantOf(name) ?? '') : new Map()
  return ({ tenant, isOwn, logical }) =>
    isOwn ? found.filter((name) => logical(name) !== undefined) : (shared.get(tenant) ?? [])
}

/** Null while one of them is not known for any topic; 0 without topics. */
function sumOf(usages: readonly (TopicUsage | undefined)[], key: keyof TopicUsage): number | null {
  if (usages.length === 0) return 0
  const known = usages.flatMap((usage) => usage?.[key] ?? [])
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}
