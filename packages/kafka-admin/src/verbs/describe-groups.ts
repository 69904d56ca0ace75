// SPDX-License-Identifier: Apache-2.0
/** Who is in groups and what each member reads. Every type of group has a message of its own. */
import {
  CONSUMER_PROTOCOL_TYPE,
  describeGroups as classicApi,
  consumerGroupDescribe,
  readAssignment,
  shareGroupDescribe,
  streamsGroupDescribe,
} from '@kaas/kafka-protocol'
import type { KafkaClient, Route } from '../kafka-client.ts'
import { kafkaError } from '../kafka-error.ts'
import type { ListedGroup } from './list-groups.ts'

/** Partitions of one topic. */
export interface AssignedPartitions {
  readonly topic: string
  readonly partitions: readonly number[]
}

/** One member. */
export interface GroupMember {
  readonly memberId: string
  readonly instanceId: string | null
  readonly clientId: string
  /** As the broker sees it: behind a gateway, the gateway's. */
  readonly host: string
  readonly assigned: readonly AssignedPartitions[]
}

/** One group, whole. */
export interface GroupDescription {
  readonly groupId: string
  readonly type: string
  /** Kafka's word: `Stable`, `Empty`, `Dead` … */
  readonly state: string
  /** The assignor. */
  readonly protocol: string
  readonly members: readonly GroupMember[]
}

/** Groups per request. */
const MOST_GROUPS = 100
/** GROUP_ID_NOT_FOUND, and NOT_COORDINATOR of one that moved since it was listed. */
const GONE: ReadonlySet<number> = new Set([69, 16])

/** The groups that are still there, at the brokers that listed them. Throws when Kafka refuses to tell of one. */
export async function describeGroups(
  client: KafkaClient,
  groups: readonly ListedGroup[],
): Promise<readonly GroupDescription[]> {
  const batches = [...Map.groupBy(groups, ({ type, coordinator }) => `${coordinator} ${type}`).values()].flatMap((each) =>
    Array.from({ length: Math.ceil(each.length / MOST_GROUPS) }, (_, at) =>
      each.slice(at * MOST_GROUPS, (at + 1) * MOST_GROUPS),
    ),
  )
  return (await Promise.all(batches.map((batch) => describeBatch(client, batch)))).flat()
}

async function describeBatch(client: KafkaClient, batch: readonly ListedGroup[]): Promise<readonly GroupDescription[]> {
  const [first] = batch
  if (first === undefined) return []
  const ids = batch.map(({ groupId }) => groupId)
  const route: Route = { kind: 'broker', nodeId: first.coordinator }
  switch (first.type) {
    case 'consumer':
      return await newGroups(client, ids, route)
    case 'share':
      return await shareGroups(client, ids, route)
    case 'streams':
      return await streamsGroups(client, ids, route)
    default:
      return await classicGroups(client, ids, route)
  }
}

const HIDDEN = { includeAuthorizedOperations: false }

async function classicGroups(client: KafkaClient, groups: string[], route: Route) {
  const answer = await client.ask(classicApi, { groups, ...HIDDEN }, route)
  return present(answer.groups).map((group): GroupDescription => {
    const isConsumer = group.protocolType === CONSUMER_PROTOCOL_TYPE
    const members = group.members.map((member) => ({
      memberId: member.memberId,
      instanceId: member.groupInstanceId,
      clientId: member.clientId,
      host: member.clientHost,
      assigned: isConsumer ? classicAssignment(member.memberAssignment) : [],
    }))
    return { groupId: group.groupId, type: 'classic', state: group.groupState, protocol: group.protocolData, members }
  })
}

/** What a client wrote may be anything; a member whose bytes cannot be read has no assignment that could be shown. */
function classicAssignment(bytes: Buffer): readonly AssignedPartitions[] {
  try {
    return readAssignment(bytes).assignedPartitions
  } catch {
    return []
  }
}

async function newGroups(client: KafkaClient, groupIds: string[], route: Route) {
  const answer = await client.ask(consumerGroupDescribe, { groupIds, ...HIDDEN }, route)
  return present(answer.groups).map((group): GroupDescription => {
    const members = group.members.map(({ memberId, instanceId, clientId, clientHost, assignment }) => {
      return { memberId, instanceId, clientId, host: clientHost, assigned: assignedOf(assignment) }
    })
    return { groupId: group.groupId, type: 'consumer', state: group.groupState, protocol: group.assignorName, members }
  })
}

async function shareGroups(client: KafkaClient, groupIds: string[], route: Route) {
  const answer = await client.ask(shareGroupDescribe, { groupIds, ...HIDDEN }, route)
  return present(answer.groups).map((group): GroupDescription => {
    const members = group.members.map(({ memberId, clientId, clientHost, assignment }) => {
      return { memberId, instanceId: null, clientId, host: clientHost, assigned: assignedOf(assignment) }
    })
    return { groupId: group.groupId, type: 'share', state: group.groupState, protocol: group.assignorName, members }
  })
}

async function streamsGroups(client: KafkaClient, groupIds: string[], route: Route) {
  const answer = await client.ask(streamsGroupDescribe, { groupIds, ...HIDDEN }, route)
  return present(answer.groups).map((group): GroupDescription => {
    const sources = new Map(group.topology?.subtopologies?.map((each) => [each.subtopologyId, each.sourceTopics]))
    const members = group.members.map(({ memberId, instanceId, clientId, clientHost, assignment }) => {
      const assigned = assignment.activeTasks.flatMap(({ subtopologyId, partitions }) =>
        (sources.get(subtopologyId) ?? []).map((topic) => ({ topic, partitions })),
      )
      return { memberId, instanceId, clientId, host: clientHost, assigned }
    })
    return { groupId: group.groupId, type: 'streams', state: group.groupState, protocol: 'streams', members }
  })
}

function assignedOf(assignment: {
  readonly topicPartitions: readonly { readonly topicName: string; readonly partitions: readonly number[] }[]
}): readonly AssignedPartitions[] {
  return assignment.topicPartitions.map(({ topicName, partitions }) => ({ topic: topicName, partitions }))
}

interface Answered {
  readonly groupId: string
  readonly errorCode: number
  readonly errorMessage?: string | null
}

function present<G extends Answered>(groups: readonly G[]): readonly G[] {
  return groups.filter(({ groupId, errorCode, errorMessage }) => {
    if (errorCode !== 0 && !GONE.has(errorCode)) throw kafkaError(errorCode, `describe group ${groupId}`, errorMessage)
    return errorCode === 0
  })
}
