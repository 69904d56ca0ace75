// SPDX-License-Identifier: Apache-2.0
/** How far groups have read: their committed offsets, and of share groups where they start to read. */
import { describeShareGroupOffsets, offsetFetch } from '@kaas/kafka-protocol'
import type { KafkaClient, Route } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'
import type { ListedGroup } from './list-groups.ts'

/** Where a group stands in one partition. */
export interface CommittedOffset {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
}

/** The version before topic ids took the place of names (KIP-516): names are what is asked for here. */
const BY_NAME = 9
/** Groups per request: an answer holds all their partitions. */
const MOST_GROUPS = 200

/** The offsets of each of `groups`, which are asked at the broker that listed them. A group that has none, or went, has an empty list. */
export async function fetchGroupOffsets(
  client: KafkaClient,
  groups: readonly Pick<ListedGroup, 'groupId' | 'type' | 'coordinator'>[],
): Promise<ReadonlyMap<string, readonly CommittedOffset[]>> {
  const found = new Map<string, readonly CommittedOffset[]>()
  const batches = [...Map.groupBy(groups, ({ coordinator, type }) => `${coordinator} ${type === 'share'}`).values()]
  await Promise.all(
    batches.flatMap(inSlices).map(async (batch) => {
      const [first] = batch
      if (first === undefined) return
      const ids = batch.map(({ groupId }) => groupId)
      const route: Route = { kind: 'broker', nodeId: first.coordinator }
      const read = first.type === 'share' ? shareOffsets : committedOffsets
      for (const [groupId, offsets] of await read(client, ids, route)) found.set(groupId, offsets)
    }),
  )
  return found
}

function inSlices<T>(groups: readonly T[]): readonly T[][] {
  const count = Math.ceil(groups.length / MOST_GROUPS)
  return Array.from({ length: count }, (_, at) => groups.slice(at * MOST_GROUPS, (at + 1) * MOST_GROUPS))
}

type Read = readonly (readonly [string, readonly CommittedOffset[]])[]

async function committedOffsets(client: KafkaClient, groupIds: readonly string[], route: Route): Promise<Read> {
  const groups = groupIds.map((groupId) => ({ groupId, topics: null }))
  const answer = await client.ask(offsetFetch, { groups, requireStable: false }, route, { version: BY_NAME })
  return answer.groups.map((group) => {
    if (group.errorCode !== 0 && !GONE.has(group.errorCode))
      throw kafkaError(group.errorCode, `fetch offsets of group ${group.groupId}`)
    const offsets = group.topics.flatMap(({ name, partitions }) =>
      partitions
        .filter(({ errorCode, committedOffset }) => errorCode === 0 && committedOffset >= 0n)
        .map(({ partitionIndex, committedOffset }) => ({ topic: name, partition: partitionIndex, offset: committedOffset })),
    )
    return [group.groupId, offsets] as const
  })
}

async function shareOffsets(client: KafkaClient, groupIds: readonly string[], route: Route): Promise<Read> {
  const groups = groupIds.map((groupId) => ({ groupId, topics: null }))
  const answer = await client.ask(describeShareGroupOffsets, { groups }, route)
  return answer.groups.map((group) => {
    if (group.errorCode !== 0 && !GONE.has(group.errorCode))
      throw kafkaError(group.errorCode, `fetch offsets of share group ${group.groupId}`, group.errorMessage)
    const offsets = group.topics.flatMap(({ topicName, partitions }) =>
      partitions
        .filter(({ errorCode, startOffset }) => errorCode === 0 && startOffset >= 0n)
        .map(({ partitionIndex, startOffset }) => ({ topic: topicName, partition: partitionIndex, offset: startOffset })),
    )
    return [group.groupId, offsets] as const
  })
}

/** NOT_COORDINATOR of a group that just moved, GROUP_ID_NOT_FOUND, INVALID_GROUP_ID. */
const GONE: ReadonlySet<number> = new Set([16, 69, 24])
