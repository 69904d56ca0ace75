// SPDX-License-Identifier: Apache-2.0
/**
 * Answers DescribeLogDirs with the tenant's own partitions on the broker that the client asks. Disks are the platform's: in place of
 * their paths they have numbers, and what tells of others (size, room left, whether one is being emptied) is left out.
 */
import { physicalName, prefixOf } from '@kaas/domain'
import { describeLogDirs, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { fetchPartitionCounts } from '../limits/partition-count.ts'

type Topics = NonNullable<RequestOf<typeof describeLogDirs>['topics']>
type Results = ResponseInput<typeof describeLogDirs>['results']

/** How Kafka says that it does not know. */
const UNKNOWN_BYTES = -1n

export async function answerDescribeLogDirs(
  context: StepContext,
  request: RequestOf<typeof describeLogDirs>,
): Promise<ResponseInput<typeof describeLogDirs>> {
  const prefix = prefixOf(context.tenant.name)
  const topics = await physicalTopics(context, request.topics)
  const { errorCode, results } = await context.askBrokerAsService(describeLogDirs, { topics })
  return { throttleTimeMs: 0, errorCode, results: inOrder(results).map((disk, index) => masked(prefix, disk, index + 1)) }
}

/** Null asks for all: those of the tenant, by name, so that the broker need not tell of the whole cluster. */
async function physicalTopics(context: StepContext, topics: Topics | null): Promise<Topics> {
  const tenant = context.tenant.name
  if (topics !== null) return topics.map(({ topic, ...rest }) => ({ topic: physicalName(tenant, topic), ...rest }))
  const counts = await fetchPartitionCounts(context)
  return [...counts].map(([topic, count]) => ({ topic, partitions: Array.from({ length: count }, (_, index) => index) }))
}

/** Each disk keeps its number for as long as the broker has the same ones. */
function inOrder(disks: Results): Results {
  return disks.toSorted((one, other) => (one.logDir < other.logDir ? -1 : 1))
}

function masked(prefix: string, { errorCode, topics }: Results[number], number: number): Results[number] {
  const own = topics.filter(({ name }) => name.startsWith(prefix))
  return {
    errorCode,
    logDir: `disk-${number}`,
    topics: own.map(({ name, partitions }) => ({ name: name.slice(prefix.length), partitions })),
    totalBytes: UNKNOWN_BYTES,
    usableBytes: UNKNOWN_BYTES,
    isCordoned: false,
  }
}
