// SPDX-License-Identifier: Apache-2.0
/** One group, read now: members, offsets, both ends, lag. A partition whose broker is away keeps what is known of it. */
import type { TenantNames } from '@kaas/domain'
import type { GroupAnswer, GroupOffset } from '@kaas/http-contract'
import type { GroupMember, KafkaAdmin, ListedOffset } from '@kaas/kafka-admin'
import type { KafkaViews } from '../kafka-views.ts'
import { groupTypeOf } from '../lists/group-list.ts'
import { problemMember } from '../partial.ts'
import { lagOf } from '../reading/read-groups.ts'
import { partitionKey } from '../reading/read-usage.ts'
import { byPartition, type FoundGroup, findGroup } from './find-group.ts'

/** Throws `resource-absent`, and what Kafka fails with. */
export async function describeGroup(views: KafkaViews, tenant: string, name: string): Promise<GroupAnswer> {
  return await views.kafka.in(tenant, async (home) => {
    const group = await findGroup(home, name)
    const ends = await readEnds(home.admin, partitionsOf(group))
    const lag = lagOf(group.offsets, ends.latest).lag
    return {
      group: name,
      type: groupTypeOf(group.type),
      state: group.state,
      ...(group.described.protocol === '' ? {} : { protocol: group.described.protocol }),
      coordinator: group.coordinator,
      members: group.described.members.map((member) => memberOf(home.names, member)),
      offsets: partitionsOf(group).map((partition) => offsetOf(home.names, group, partition, ends)),
      ...(lag === undefined ? {} : { lag: String(lag) }),
      ...problemMember(ends.problem),
    }
  })
}

interface Partition {
  readonly topic: string
  readonly partition: number
}

/** Those it has offsets of, and those it reads and has committed nothing of. */
function partitionsOf({ offsets, described }: FoundGroup): readonly Partition[] {
  const assigned = described.members.flatMap(({ assigned }) =>
    assigned.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition }))),
  )
  const all = [...offsets, ...assigned].map(({ topic, partition }): [string, Partition] => [
    partitionKey(topic, partition),
    { topic, partition },
  ])
  return [...new Map(all).values()].sort(byPartition)
}

/** Both ends of partitions that exist. */
export async function readEnds(admin: KafkaAdmin, partitions: readonly Partition[]) {
  const topics = await admin.describePartitions([...new Set(partitions.map(({ topic }) => topic))])
  const existing = new Set(topics.flatMap((topic) => topic.partitions.map(({ id }) => partitionKey(topic.name, id))))
  const asked = partitions.filter(({ topic, partition }) => existing.has(partitionKey(topic, partition)))
  const [earliest, latest] = await Promise.all([
    admin.listOffsets(asked, { kind: 'earliest' }),
    admin.listOffsets(asked, { kind: 'latest' }),
  ])
  const problem = [...earliest, ...latest].find((each) => each.problem !== undefined)?.problem
  return { earliest: offsetsOf(earliest), latest: offsetsOf(latest), existing, problem }
}

/** Offsets by partition, without those that are not known. */
export function offsetsOf(listed: readonly ListedOffset[]): ReadonlyMap<string, number> {
  return new Map(
    listed.flatMap(({ topic, partition, offset }): [string, number][] =>
      offset === undefined ? [] : [[partitionKey(topic, partition), offset]],
    ),
  )
}

function memberOf({ logical }: TenantNames, { memberId, clientId, host, instanceId, assigned }: GroupMember) {
  return {
    id: memberId,
    clientId,
    host,
    ...(instanceId === null ? {} : { instanceId }),
    assigned: assigned.map(({ topic, partitions }) => ({
      topic: logical(topic) ?? topic,
      partitions: [...partitions].sort((a, b) => a - b),
    })),
  }
}

function offsetOf(
  { logical }: TenantNames,
  { offsets, described }: FoundGroup,
  { topic, partition }: Partition,
  ends: Pick<Awaited<ReturnType<typeof readEnds>>, 'earliest' | 'latest'>,
): GroupOffset {
  const key = partitionKey(topic, partition)
  const committed = offsets.find((each) => each.topic === topic && each.partition === partition)?.offset
  const [earliest, latest] = [ends.earliest.get(key), ends.latest.get(key)]
  const member = described.members.find(({ assigned }) =>
    assigned.some((each) => each.topic === topic && each.partitions.includes(partition)),
  )
  return {
    topic: logical(topic) ?? topic,
    partition,
    ...(committed === undefined ? {} : { committed: String(committed) }),
    ...(earliest === undefined ? {} : { earliest: String(earliest) }),
    ...(latest === undefined ? {} : { latest: String(latest) }),
    ...(committed === undefined || latest === undefined ? {} : { lag: String(Math.max(0, latest - Number(committed))) }),
    ...(member === undefined ? {} : { member: member.memberId }),
  }
}
