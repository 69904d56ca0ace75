// SPDX-License-Identifier: Apache-2.0
/**
 * Counts the partitions of a tenant. A user may be allowed to see some topics only, so the cluster is asked with the gateway's own
 * identity, by a walk that begins and ends with the tenant's prefix (KIP-966).
 */
import { prefixOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeTopicPartitions, metadata, type RequestInput, type ResponseOf } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'

/** Partitions by physical topic name. */
export type PartitionCounts = Map<string, number>

type Page = ResponseOf<typeof describeTopicPartitions>
type Ask = (request: RequestInput<typeof describeTopicPartitions>) => Promise<Page>

const PAGE_PARTITIONS = 2000
const METADATA_VERSION = 9
const EVERYTHING = { topics: null, allowAutoTopicCreation: false } as const

/** What brokers know. Throws `kafka-unavailable` and the like when the cluster cannot be asked. */
export async function fetchPartitionCounts(context: StepContext): Promise<PartitionCounts> {
  const prefix = prefixOf(context.tenant.name)
  try {
    return await walk(prefix, (request) => context.askAsService(describeTopicPartitions, request))
  } catch (error) {
    const code = error instanceof KaasError ? error.code : undefined
    // Before Kafka 3.8 there is no walk.
    if (code === 'not-supported') return countsOf(prefix, await context.askAsService(metadata, EVERYTHING))
    // A gateway without an identity of its own still counts what the user herself can see, in a way that every Kafka knows.
    if (code === 'credentials-missing') return countsOf(prefix, await context.ask(metadata, METADATA_VERSION, EVERYTHING))
    throw error
  }
}

function countsOf(prefix: string, { topics }: Pick<ResponseOf<typeof metadata>, 'topics'>): PartitionCounts {
  const own = topics.filter(({ name }) => name?.startsWith(prefix))
  return new Map(own.map(({ name, partitions }) => [name ?? '', partitions.length]))
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
