// SPDX-License-Identifier: Apache-2.0
/**
 * CreateTopics within the limits of the tenant. How many partitions a topic gets by default, and how long the brokers keep data by
 * default, only the cluster knows: it is asked by a dry run of the same request.
 */
import { prefixOf } from '@kaas/domain'
import { createTopics, ERROR_CODES, type RequestOf, type ResponseOf } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { fetchPartitionCounts, sumOf } from './partition-count.ts'
import { partitionRefusal } from './partition-refusal.ts'
import type { RecentTopics } from './recent-topics.ts'
import type { Refusal } from './refusal.ts'
import { exceedsRetention, RETENTION, retentionRefusal } from './retention.ts'

type NewTopic = RequestOf<typeof createTopics>['topics'][number]
type DryRun = ResponseOf<typeof createTopics>['topics'][number]

/** First version that tells what a topic would get (KIP-525), and every Kafka since 2.8 speaks. */
const DRY_RUN_VERSION = 7
/** Kafka refuses these; with a prefix in front it would not. */
const NO_NAMES = ['.', '..']

/** Takes topics beyond a limit out of `request`, and gives the others the tenant's retention where the default is longer. */
export async function limitCreateTopics(
  context: StepContext,
  request: RequestOf<typeof createTopics>,
  recent: RecentTopics,
): Promise<readonly Refusal[]> {
  const refused = request.topics.flatMap((topic) => refusalOf(context, topic) ?? [])
  const names = new Set(refused.map(({ name }) => name))
  request.topics = request.topics.filter(({ name }) => !names.has(name))
  if (request.topics.length === 0) return refused
  const dryRuns = await fetchDryRuns(context, request)
  for (const topic of request.topics) limitDefaultRetention(context, topic, dryRuns.get(topic.name))
  return [...refused, ...(await refuseBeyondLimit(context, request, dryRuns, recent))]
}

function refusalOf(context: StepContext, topic: NewTopic): Refusal | undefined {
  const { tenant } = context
  const { name } = topic
  if (NO_NAMES.includes(name.slice(prefixOf(tenant.name).length))) {
    return { name, errorCode: ERROR_CODES.INVALID_TOPIC_EXCEPTION, errorMessage: 'Topic name cannot be "." or "..".' }
  }
  const retention = topic.configs.find((config) => config.name === RETENTION)?.value
  if (retention === undefined || retention === null || !exceedsRetention(retention, tenant)) return undefined
  return { name, errorCode: ERROR_CODES.POLICY_VIOLATION, errorMessage: retentionRefusal(retention, tenant) }
}

/** As the user herself, so that what she may not create counts nothing. By name, without those that fail. */
async function fetchDryRuns(
  context: StepContext,
  request: RequestOf<typeof createTopics>,
): Promise<ReadonlyMap<string, DryRun>> {
  const { topics } = await context.ask(createTopics, DRY_RUN_VERSION, { ...request, validateOnly: true })
  return new Map(topics.filter(({ errorCode }) => errorCode === 0).map((topic) => [topic.name, topic]))
}

function limitDefaultRetention(context: StepContext, topic: NewTopic, dryRun: DryRun | undefined): void {
  if (dryRun === undefined || topic.configs.some(({ name }) => name === RETENTION)) return
  const byDefault = dryRun.configs?.find(({ name }) => name === RETENTION)?.value
  if (!exceedsRetention(byDefault, context.tenant)) return
  topic.configs = [...topic.configs, { name: RETENTION, value: String(context.tenant.limits.retentionMs) }]
}

async function refuseBeyondLimit(
  context: StepContext,
  request: RequestOf<typeof createTopics>,
  dryRuns: ReadonlyMap<string, DryRun>,
  recent: RecentTopics,
): Promise<readonly Refusal[]> {
  if (dryRuns.size === 0) return []
  const { tenant } = context
  const counts = await fetchPartitionCounts(context)
  recent.addTo(counts, tenant.name, Date.now())
  const refused: Refusal[] = []
  let used = sumOf(counts)
  request.topics = request.topics.filter(({ name }) => {
    const partitions = dryRuns.get(name)?.numPartitions ?? 0
    if (partitions > 0 && used + partitions > tenant.limits.partitions) {
      refused.push({ name, ...partitionRefusal(tenant, used, partitions) })
      return false
    }
    used += partitions
    if (!request.validateOnly && partitions > 0) recent.remember(tenant.name, name, partitions, Date.now())
    return true
  })
  return refused
}
