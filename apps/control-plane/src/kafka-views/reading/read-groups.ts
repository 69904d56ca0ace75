// SPDX-License-Identifier: Apache-2.0
/** Groups with members and lag, for one tenant or a whole cluster. A broker that does not answer takes away its own groups only. */
import { asKaasError, type KaasError } from '@kaas/errors'
import type { CommittedOffset, GroupDescription, KafkaAdmin, ListedGroup } from '@kaas/kafka-admin'
import { partitionKey } from './read-usage.ts'

/** One group. `members` is absent when its broker did not tell. */
export interface GroupReading extends ListedGroup {
  readonly members?: number
  readonly offsets: readonly CommittedOffset[]
  /** By physical topic. A partition whose end is not known leaves its topic out. */
  readonly lagByTopic: ReadonlyMap<string, number>
  /** Over all topics; absent when the end of one is not known, or nothing was committed. */
  readonly lag?: number
}

/** One reading, by id. */
export interface GroupsReading {
  readonly groups: ReadonlyMap<string, GroupReading>
  readonly problem?: KaasError
}

/** Groups whose id starts with `prefix`; all with an empty one. Without members, when only `offsets` are wanted: they cost the most. */
export async function readGroups(
  admin: KafkaAdmin,
  prefix: string,
  depth: 'members' | 'offsets' = 'members',
): Promise<GroupsReading> {
  const listed = await admin.listGroupsThatAnswer(prefix)
  const [described, committed] = await Promise.all([
    orProblem(
      depth === 'members' ? admin.describeGroups(listed.groups) : Promise.resolve([]),
      [] as readonly GroupDescription[],
    ),
    orProblem(admin.fetchGroupOffsets(listed.groups), new Map<string, readonly CommittedOffset[]>()),
  ])
  const ends = await readEnds(admin, [...committed.value.values()].flat())
  const membersOf = new Map(described.value.map(({ groupId, members }) => [groupId, members.length]))
  const groups = listed.groups.map((group): [string, GroupReading] => {
    const members = membersOf.get(group.groupId)
    const offsets = committed.value.get(group.groupId) ?? []
    return [
      group.groupId,
      { ...group, ...(members === undefined ? {} : { members }), offsets, ...lagOf(offsets, ends.latest) },
    ]
  })
  const problem = listed.problem ?? described.problem ?? committed.problem ?? ends.problem
  return { groups: new Map(groups), ...(problem === undefined ? {} : { problem }) }
}

/** How far `offsets` are behind the ends. */
export function lagOf(
  offsets: readonly CommittedOffset[],
  latest: ReadonlyMap<string, number>,
): Pick<GroupReading, 'lag' | 'lagByTopic'> {
  const lagByTopic = new Map<string, number>()
  const unknown = new Set<string>()
  for (const { topic, partition, offset } of offsets) {
    const end = latest.get(partitionKey(topic, partition))
    if (end === undefined) unknown.add(topic)
    else lagByTopic.set(topic, (lagByTopic.get(topic) ?? 0) + Math.max(0, end - Number(offset)))
  }
  for (const topic of unknown) lagByTopic.delete(topic)
  if (offsets.length === 0 || unknown.size > 0) return { lagByTopic }
  return { lagByTopic, lag: [...lagByTopic.values()].reduce((sum, lag) => sum + lag, 0) }
}

interface Partial<T> {
  readonly value: T
  readonly problem?: KaasError
}

async function orProblem<T>(reading: Promise<T>, nothing: T): Promise<Partial<T>> {
  try {
    return { value: await reading }
  } catch (error) {
    return { value: nothing, problem: asKaasError(error) }
  }
}

/** A topic that was deleted still has offsets in groups, and has no end. */
async function readEnds(admin: KafkaAdmin, offsets: readonly CommittedOffset[]) {
  const wanted = [...new Map(offsets.map((each) => [partitionKey(each.topic, each.partition), each])).values()]
  const existing = new Set(
    (await admin.describeTopics([...new Set(wanted.map(({ topic }) => topic))])).map(({ name }) => name),
  )
  const asked = wanted.filter(({ topic }) => existing.has(topic))
  const listed = await admin.listOffsets(
    asked.map(({ topic, partition }) => ({ topic, partition })),
    { kind: 'latest' },
  )
  const latest = new Map<string, number>()
  for (const { topic, partition, offset } of listed)
    if (offset !== undefined) latest.set(partitionKey(topic, partition), offset)
  const problem = listed.find((each) => each.problem !== undefined)?.problem
  return { latest, ...(problem === undefined ? {} : { problem }) }
}
