// SPDX-License-Identifier: Apache-2.0
/** CreatePartitions within the partition limit of the tenant. */
import type { createPartitions, RequestOf } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { fetchPartitionCounts, sumOf } from './partition-count.ts'
import { partitionRefusal } from './partition-refusal.ts'
import type { RecentTopics } from './recent-topics.ts'
import type { Refusal } from './refusal.ts'

/** Takes topics beyond the limit out of `request`. What does not exist, or would shrink, is left for Kafka to refuse. */
export async function limitCreatePartitions(
  context: StepContext,
  request: RequestOf<typeof createPartitions>,
  recent: RecentTopics,
): Promise<readonly Refusal[]> {
  const { tenant } = context
  const counts = await fetchPartitionCounts(context)
  recent.addTo(counts, tenant.name, Date.now())
  const refused: Refusal[] = []
  let used = sumOf(counts)
  request.topics = request.topics.filter(({ name, count }) => {
    const more = count - (counts.get(name) ?? count)
    if (more <= 0) return true
    if (used + more > tenant.limits.partitions) {
      refused.push({ name, ...partitionRefusal(tenant, used, more) })
      return false
    }
    used += more
    if (!request.validateOnly) recent.remember(tenant.name, name, count, Date.now())
    return true
  })
  return refused
}
