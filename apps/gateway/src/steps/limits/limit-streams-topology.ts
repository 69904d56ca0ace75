// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: for a Kafka Streams group (KIP-1071) the broker itself creates the topics between the parts of the application, named by the
 * request of a member that joins, with as many partitions as what is read. So a joining member is held to the limits: topics that are
 * not there yet count with the most partitions they may get, and keep data no longer than the tenant. What is read must be there
 * first, or nothing could be counted: where Kafka waits a while for it, the member is told at once.
 */
import { ERROR_CODES, metadata, type RequestOf, type ResponseInput, streamsGroupHeartbeat } from '@kaas/kafka-protocol'
import type { StepContext, StepResult } from '../../step.ts'
import { reply } from '../reply.ts'
import { serviceFailure } from '../service-failure.ts'
import { fetchPartitionCounts, type PartitionCounts, sumOf } from './partition-count.ts'
import { partitionRefusal } from './partition-refusal.ts'
import type { RecentTopics } from './recent-topics.ts'
import { exceedsRetention, RETENTION } from './retention.ts'

type Request = RequestOf<typeof streamsGroupHeartbeat>
type Subtopology = NonNullable<Request['topology']>['subtopologies'][number]
type InternalTopic = Subtopology['stateChangelogTopics'][number]

const CLEANUP = 'cleanup.policy'
/** Every Kafka that has streams groups speaks it. */
const METADATA_VERSION = 12

/** Lets a heartbeat pass unless the topics of its topology would go beyond the partition limit; limits how long they keep data. */
export async function limitStreamsTopology(
  context: StepContext,
  request: Request,
  recent: RecentTopics,
): Promise<StepResult> {
  const subtopologies = request.topology?.subtopologies ?? []
  if (subtopologies.length === 0) return { kind: 'forward', unchanged: true }
  const internal = subtopologies.flatMap((each) => [...each.stateChangelogTopics, ...each.repartitionSourceTopics])
  for (const topic of internal) limitRetention(context, topic)
  try {
    const counts = await fetchPartitionCounts(context)
    recent.addTo(counts, context.tenant.name, Date.now())
    const sources = await fetchSources(context, missingSources(subtopologies, counts))
    return (
      refusalOf(context, request, counts, sources) ?? remembered(context, wantedOf(subtopologies, counts, sources), recent)
    )
  } catch (error) {
    return reply(streamsGroupHeartbeat, { ...NO_TASKS, ...serviceFailure(error), memberId: request.memberId })
  }
}

/** What is read and is not among the tenant's own topics: topics that others share with it, as the user may see them. */
async function fetchSources(context: StepContext, names: readonly string[]): Promise<PartitionCounts> {
  if (names.length === 0) return new Map()
  const topics = names.map((name) => ({ name }))
  const asked = { topics, allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false }
  const answer = await context.ask(metadata, METADATA_VERSION, asked)
  const there = answer.topics.filter(({ errorCode }) => errorCode === ERROR_CODES.NONE)
  return new Map(there.map(({ name, partitions }) => [name ?? '', partitions.length]))
}

function refusalOf(
  context: StepContext,
  request: Request,
  counts: PartitionCounts,
  sources: PartitionCounts,
): StepResult | undefined {
  const subtopologies = request.topology?.subtopologies ?? []
  const { memberId } = request
  const missing = missingSources(subtopologies, counts).filter((name) => !sources.has(name))
  if (missing.length > 0) {
    const errorMessage = `Source topics ${missing.join(', ')} are missing. Create them before the application starts.`
    return reply(streamsGroupHeartbeat, {
      ...NO_TASKS,
      ...{ memberId, errorMessage },
      errorCode: ERROR_CODES.STREAMS_INVALID_TOPOLOGY,
    })
  }
  const more = sumOf(wantedOf(subtopologies, counts, sources))
  const used = sumOf(counts)
  if (more === 0 || used + more <= context.tenant.limits.partitions) return undefined
  return reply(streamsGroupHeartbeat, { ...NO_TASKS, ...partitionRefusal(context.tenant, used, more), memberId })
}

function missingSources(subtopologies: readonly Subtopology[], counts: PartitionCounts): readonly string[] {
  const made = new Set(subtopologies.flatMap((each) => each.repartitionSourceTopics.map(({ name }) => name)))
  const sources = new Set(subtopologies.flatMap((each) => each.sourceTopics))
  return [...sources].filter((name) => !made.has(name) && !counts.has(name)).sort()
}

/** Topics that the broker will create, with the most partitions it may choose: as many as the largest that is read. */
function wantedOf(
  subtopologies: readonly Subtopology[],
  counts: PartitionCounts,
  sources: PartitionCounts,
): PartitionCounts {
  const repartitions = subtopologies.flatMap((each) => each.repartitionSourceTopics)
  const internal = [...repartitions, ...subtopologies.flatMap((each) => each.stateChangelogTopics)]
  const read = [...subtopologies.flatMap((each) => each.sourceTopics), ...internal.map(({ name }) => name)]
  const given = internal.map(({ partitions }) => partitions)
  const largest = Math.max(1, ...given, ...read.map((name) => counts.get(name) ?? sources.get(name) ?? 0))
  const fresh = internal.filter(({ name }) => !counts.has(name))
  return new Map(fresh.map(({ name, partitions }) => [name, partitions > 0 ? partitions : largest]))
}

function remembered(context: StepContext, wanted: PartitionCounts, recent: RecentTopics): StepResult {
  for (const [name, partitions] of wanted) recent.remember(context.tenant.name, name, partitions, Date.now())
  return { kind: 'forward' }
}

/** Kafka Streams asks for endless retention of what it deletes itself: a refusal would keep it out. */
function limitRetention(context: StepContext, topic: InternalTopic): void {
  const config = topic.topicConfigs.find(({ key }) => key === RETENTION)
  const cleanup = topic.topicConfigs.find(({ key }) => key === CLEANUP)?.value
  if (config === undefined && cleanup === 'compact') return
  if (!exceedsRetention(config?.value, context.tenant)) return
  const value = String(context.tenant.limits.retentionMs)
  topic.topicConfigs = [...topic.topicConfigs.filter((each) => each !== config), { key: RETENTION, value }]
}

const NO_TASKS: Omit<ResponseInput<typeof streamsGroupHeartbeat>, 'memberId'> = {
  throttleTimeMs: 0,
  errorCode: ERROR_CODES.NONE,
  memberEpoch: 0,
  heartbeatIntervalMs: 0,
  acceptableRecoveryLag: 0,
  taskOffsetIntervalMs: 0,
  status: null,
  endpointInformationEpoch: 0,
}
