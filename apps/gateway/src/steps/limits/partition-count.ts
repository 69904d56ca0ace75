// SPDX-License-Identifier: Apache-2.0
/**
 * Counts the partitions of a tenant. A user may be allowed to see some topics only, so the cluster is asked with the gateway's own
 * identity, by a walk that begins and ends with the tenant's prefix (KIP-966).
 */
import { prefixOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeTopicPartitions, type RequestInput, type ResponseOf } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'

/** Partitions by physical topic name. */
export type PartitionCounts = Map<string, number>

type Page = ResponseOf<typeof describeTopicPartitions>
type Ask = (request: RequestInput<typeof describeTopicPartitions>) => Promise<Page>

const PAGE_PARTITIONS = 2000

/** What brokers know. Throws `kafka-unavailable` and the like when the cluster cannot be asked. */
export async function fetchPartitionCounts(context: StepContext): Promise<PartitionCounts> {
  const prefix = prefixOf(context.tenant.name)
  try {
    return await walk(prefix, (request) => context.askAsService(describeTopicPartitions, request))
  } catch (error) {
    // A gateway without an identity of its own still counts what the user herself can see.
    if (!(error instanceof KaasError) || error.code !== 'credentials-missing') throw error
    return walk(prefix, (request) => context.ask(describeTopicPartitions, 0, request))
  }
}

async function walk(prefix: string, ask: Ask): Promise<PartitionCounts> {
  const counts: PartitionCounts = new Map()
  let cursor: Page['nextCursor'] = { topicName: prefix, partitionIndex: 0 }
  while (cursor?.topicName.startsWith(prefix)) {
    const page: Page = await ask({ topics: [], responsePartitionLimit: PAGE_PARTITIONS, cursor })
    for (const { name, partitions } of page.topics) {
      if (name?.startsWith(prefix)) counts.set(name, (counts.get(name) ?? 0) + partitions.length)
    }
    cursor = page.nextCursor
  }
  return counts
}

/** The sum over all topics. */
export function sumOf(counts: PartitionCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}
