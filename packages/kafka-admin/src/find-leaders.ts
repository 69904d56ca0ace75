// SPDX-License-Identifier: Apache-2.0
/** Which broker leads which partition, and requests for many partitions sorted by it. Read anew by each verb: leaders move. */
import { asKaasError, type KaasError } from '@kaas/errors'
import { metadata } from '@kaas/kafka-protocol'
import type { KafkaClient } from './kafka-client.ts'
import { kafkaError } from './kafka-error.ts'

/** One partition of one topic. */
export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** A partition with its leader. */
export interface LedPartition extends TopicPartition {
  readonly topicId: string
  /** Undefined while none is elected. */
  readonly leader: number | undefined
}

/** NOT_LEADER_OR_FOLLOWER, FENCED_LEADER_EPOCH, LEADER_NOT_AVAILABLE, UNKNOWN_LEADER_EPOCH, KAFKA_STORAGE_ERROR: ask who leads now. */
const LEADER_MOVED: ReadonlySet<number> = new Set([6, 74, 5, 75, 56])

/** Before each new try; a partition that was just made has its leader within this. */
const PAUSES_MS = [50, 100, 200, 400, 600, 800]

/** Whether an error code of a partition says that another broker leads it now. */
export function leaderMoved(errorCode: number): boolean {
  return LEADER_MOVED.has(errorCode)
}

/** All partitions of `topics`, in the order of topics and numbers. Throws `resource-absent` for a topic that is not there. */
export async function findLeaders(client: KafkaClient, topics: readonly string[]): Promise<readonly LedPartition[]> {
  const request = { topics: topics.map((name) => ({ name })), allowAutoTopicCreation: false }
  const answer = await client.ask(metadata, request)
  return answer.topics.flatMap(({ name, topicId, errorCode, partitions }) => {
    if (errorCode !== 0 && partitions.length === 0) throw kafkaError(errorCode, `describe topic ${name}`)
    return partitions
      .map(({ partitionIndex, leaderId }) => ({
        topic: name ?? '',
        topicId,
        partition: partitionIndex,
        leader: leaderId < 0 ? undefined : leaderId,
      }))
      .sort((a, b) => a.partition - b.partition)
  })
}

/** How one partition of a question went. */
export type PartitionAnswer<T> =
  | { readonly kind: 'answer'; readonly partition: TopicPartition; readonly value: T }
  | { readonly kind: 'moved' | 'failed'; readonly partition: TopicPartition; readonly problem: KaasError }

/**
 * Asks every leader for its partitions, side by side, and for those whose leader had moved again until they have one, for two
 * seconds at most. `ask` answers for the partitions of one leader; what it throws becomes the problem of each of them, so that one broker delays only its own.
 */
export async function askLeaders<T>(
  client: KafkaClient,
  partitions: readonly TopicPartition[],
  ask: (leader: number, partitions: readonly LedPartition[]) => Promise<readonly PartitionAnswer<T>[]>,
): Promise<readonly PartitionAnswer<T>[]> {
  const settled: PartitionAnswer<T>[] = []
  let asked = partitions
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const answers = await askOnce(client, asked, ask)
    const moved = answers.filter(({ kind }) => kind === 'moved')
    settled.push(...answers.filter(({ kind }) => kind !== 'moved'))
    if (moved.length === 0 || pauseMs === undefined) return [...settled, ...moved]
    asked = moved.map(({ partition }) => partition)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return settled
}

async function askOnce<T>(
  client: KafkaClient,
  partitions: readonly TopicPartition[],
  ask: (leader: number, partitions: readonly LedPartition[]) => Promise<readonly PartitionAnswer<T>[]>,
): Promise<readonly PartitionAnswer<T>[]> {
  const led = await findLeaders(client, [...new Set(partitions.map(({ topic }) => topic))])
  const byName = new Map(led.map((each) => [`${each.topic}/${each.partition}`, each]))
  const found = partitions.map((asked) => ({ asked, led: byName.get(`${asked.topic}/${asked.partition}`) }))
  const withoutLeader = found.filter(({ led: each }) => each?.leader === undefined).map(noLeader)
  const byLeader = Map.groupBy(
    found.flatMap(({ led: each }) => (each?.leader === undefined ? [] : [{ ...each, leader: each.leader }])),
    ({ leader }) => leader,
  )
  const answers = [...byLeader].map(async ([leader, asked]): Promise<readonly PartitionAnswer<T>[]> => {
    try {
      return await ask(leader, asked)
    } catch (error) {
      return asked.map((partition) => ({ kind: 'failed', partition, problem: asKaasError(error) }))
    }
  })
  return [...withoutLeader, ...(await Promise.all(answers)).flat()]
}

/** UNKNOWN_TOPIC_OR_PARTITION or LEADER_NOT_AVAILABLE. */
function noLeader({ asked, led }: { asked: TopicPartition; led: LedPartition | undefined }): PartitionAnswer<never> {
  const about = `find partition ${asked.partition} of ${asked.topic}`
  const kind = led === undefined ? 'failed' : 'moved'
  return { kind, partition: asked, problem: kafkaError(led === undefined ? 3 : 5, about) }
}
