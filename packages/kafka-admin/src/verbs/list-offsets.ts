// SPDX-License-Identifier: Apache-2.0
/** Offsets of places in the log: its ends, a timestamp, the largest timestamp. */
import type { KaasError } from '@kaas/errors'
import { listOffsets as api } from '@kaas/kafka-protocol'
import { askLeaders, type LedPartition, leaderMoved, type PartitionAnswer, type TopicPartition } from '../find-leaders.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'

/** A place. `latest` is the offset after the last record; `committed` does not count transactions that are still open. */
export type OffsetPlace =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest'; readonly isolation?: 'committed' | 'uncommitted' }
  | { readonly kind: 'max-timestamp' }
  /** The first record with this timestamp or a later one. */
  | { readonly kind: 'timestamp'; readonly ms: number }

/** The answer for one partition. */
export interface ListedOffset extends TopicPartition {
  /** Undefined when no record is there: nothing that late, or an empty partition for `max-timestamp`. */
  readonly offset: number | undefined
  /** Of that record in milliseconds; undefined for the ends. */
  readonly timestamp: number | undefined
  /** Why there is no answer; the others are good. */
  readonly problem?: KaasError
}

/** In the order of `partitions`. Throws `resource-absent` for a topic that is not there; anything less is the partition's problem. */
export async function listOffsets(
  client: KafkaClient,
  partitions: readonly TopicPartition[],
  place: OffsetPlace,
): Promise<readonly ListedOffset[]> {
  if (partitions.length === 0) return []
  const answers = await askLeaders(client, partitions, (leader, asked) => askLeader(client, leader, asked, place))
  const byName = new Map(answers.map((answer) => [nameOf(answer.partition), answer]))
  return partitions.map((partition) => {
    const answer = byName.get(nameOf(partition))
    const { topic, partition: number } = partition
    if (answer?.kind === 'answer') return { topic, partition: number, ...answer.value }
    const problem = answer?.problem ?? kafkaError(-1, `list offsets of ${nameOf(partition)}`)
    return { topic, partition: number, offset: undefined, timestamp: undefined, problem }
  })
}

type Found = Pick<ListedOffset, 'offset' | 'timestamp'>

async function askLeader(
  client: KafkaClient,
  nodeId: number,
  asked: readonly LedPartition[],
  place: OffsetPlace,
): Promise<readonly PartitionAnswer<Found>[]> {
  const timestamp = codeOf(place)
  const topics = [...Map.groupBy(asked, ({ topic }) => topic)].map(([name, partitions]) => ({
    name,
    partitions: partitions.map(({ partition }) => ({ partitionIndex: partition, timestamp })),
  }))
  const isolationLevel = place.kind === 'latest' && place.isolation === 'committed' ? 1 : 0
  const request = { replicaId: -1, isolationLevel, topics, timeoutMs: client.brokerTimeoutMs }
  const answer = await client.ask(api, request, { kind: 'broker', nodeId })
  return answer.topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, errorCode, ...found }): PartitionAnswer<Found> => {
      const partition = { topic: name, partition: partitionIndex }
      if (errorCode === 0) return { kind: 'answer', partition, value: foundIn(found) }
      const problem = kafkaError(errorCode, `list offsets of ${nameOf(partition)}`)
      return { kind: leaderMoved(errorCode) ? 'moved' : 'failed', partition, problem }
    }),
  )
}

function codeOf(place: OffsetPlace): bigint {
  switch (place.kind) {
    case 'latest':
      return -1n
    case 'earliest':
      return -2n
    case 'max-timestamp':
      return -3n
    case 'timestamp':
      return BigInt(Math.max(0, Math.floor(place.ms)))
    default:
      return place satisfies never
  }
}

function foundIn({ offset, timestamp }: { readonly offset: bigint; readonly timestamp: bigint }): Found {
  return {
    offset: offset < 0n ? undefined : Number(offset),
    timestamp: timestamp < 0n ? undefined : Number(timestamp),
  }
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}
