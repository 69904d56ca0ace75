// SPDX-License-Identifier: Apache-2.0
/** Reads a whole cluster for the samples of all its tenants: a handful of requests, however many tenants there are. */
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { readGroups } from '../kafka-views/reading/read-groups.ts'
import { readUsage, type UsageReading } from '../kafka-views/reading/read-usage.ts'
import type { ClusterReading } from './samples-of.ts'

/** What of a cluster could be read. Throws when nothing could. */
export async function readCluster(admin: KafkaAdmin, before: UsageReading | undefined): Promise<ClusterReading> {
  const topics = (await admin.listPartitions('')).filter(({ internal }) => !internal)
  const [usage, groups] = await Promise.allSettled([readUsage(admin, topics, before), readGroups(admin, '', 'offsets')])
  return {
    partitions: new Map(topics.map(({ name, partitions }) => [name, partitions.length])),
    ...(usage.status === 'fulfilled' ? { usage: usage.value } : {}),
    ...(groups.status === 'fulfilled' ? { groups: groups.value } : {}),
  }
}
