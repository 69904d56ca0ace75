// SPDX-License-Identifier: Apache-2.0
/** Moves the offsets of a group that has no members. Kafka checks that itself, at the moment of the change. */
import { KaasError } from '@kaas/errors'
import { alterShareGroupOffsets, offsetCommit } from '@kaas/kafka-protocol'
import type { KafkaClient, Route } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'
import type { CommittedOffset } from './fetch-group-offsets.ts'

/** The version before topic ids took the place of names (KIP-516). */
const BY_NAME = 9
/**
 * UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS, STALE_MEMBER_EPOCH, FENCED_MEMBER_EPOCH, NON_EMPTY_GROUP: what a
 * commit from outside gets while somebody is in the group.
 */
const ACTIVE: ReadonlySet<number> = new Set([25, 22, 27, 113, 110, 68])

/**
 * Sets where `groupId` goes on to read. Throws `resource-in-use` while the group has members. Kafka answers for each partition: when
 * it throws for one, others may have moved; moving again is harmless.
 */
export async function alterGroupOffsets(
  client: KafkaClient,
  group: { readonly groupId: string; readonly type: string },
  offsets: readonly CommittedOffset[],
): Promise<void> {
  if (offsets.length === 0) return
  const topics = [...Map.groupBy(offsets, ({ topic }) => topic)]
  const route = { kind: 'group', groupId: group.groupId } as const
  if (group.type === 'share') await alterShare(client, group.groupId, topics, route)
  else await commit(client, group.groupId, topics, route)
}

type Topics = readonly (readonly [string, readonly CommittedOffset[]])[]

/** As a consumer outside of the group: no member, no generation. */
async function commit(client: KafkaClient, groupId: string, topics: Topics, route: Route): Promise<void> {
  const request = {
    groupId,
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: topics.map(([name, partitions]) => ({
      name,
      partitions: partitions.map(({ partition, offset }) => {
        return { partitionIndex: partition, committedOffset: offset, committedMetadata: '' }
      }),
    })),
  }
  const answer = await askUntilCoordinated(() => client.ask(offsetCommit, request, route, { version: BY_NAME }))
  for (const { name, partitions } of answer.topics) {
    for (const { errorCode, partitionIndex } of partitions) refuse(errorCode, groupId, `${name}-${partitionIndex}`)
  }
}

/** COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: the group is moving, or just being made. */
const MOVING: ReadonlySet<number> = new Set([14, 15, 16])
const MOST_TRIES = 8
const PAUSE_MS = 100

interface CommitAnswer {
  readonly topics: readonly { readonly partitions: readonly { readonly errorCode: number }[] }[]
}

/** Here Kafka says "not me" partition by partition, which the client does not look into. Nothing was written then. */
async function askUntilCoordinated<A extends CommitAnswer>(ask: () => Promise<A>): Promise<A> {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    const codes = answer.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
    if (tries === MOST_TRIES || !codes.every((code) => MOVING.has(code))) return answer
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries))
  }
}

async function alterShare(client: KafkaClient, groupId: string, topics: Topics, route: Route): Promise<void> {
  const answer = await client.ask(
    alterShareGroupOffsets,
    {
      groupId,
      topics: topics.map(([topicName, partitions]) => ({
        topicName,
        partitions: partitions.map(({ partition, offset }) => ({ partitionIndex: partition, startOffset: offset })),
      })),
    },
    route,
  )
  refuse(answer.errorCode, groupId, 'all partitions', answer.errorMessage)
  for (const { topicName, partitions } of answer.responses) {
    for (const each of partitions) refuse(each.errorCode, groupId, `${topicName}-${each.partitionIndex}`, each.errorMessage)
  }
}

function refuse(errorCode: number, groupId: string, where: string, said?: string | null): void {
  if (errorCode === 0) return
  const error = kafkaError(errorCode, `move the offset of group ${groupId} in ${where}`, said)
  if (!ACTIVE.has(errorCode)) throw error
  throw new KaasError('resource-in-use', {
    message: `The group "${groupId}" has members, so Kafka does not let its offsets be moved from outside.`,
    help: 'Stop all its consumers, wait until its state is Empty, and try again.',
    cause: error,
  })
}
