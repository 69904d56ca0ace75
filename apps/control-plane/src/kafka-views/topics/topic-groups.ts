// SPDX-License-Identifier: Apache-2.0
/** Which groups read a topic, and how far behind each is there. */
import type { PartialProblem } from '@kaas/http-contract'
import type { KafkaViews } from '../kafka-views.ts'
import { unlessPartial } from '../partial.ts'
import { topicNameOf } from './topic-partitions.ts'

/** One group that committed an offset in the topic. `lag` is absent while the end of the topic is not known. */
export interface TopicGroup {
  readonly group: string
  readonly state: string
  readonly members: number
  readonly lag?: string
}

/** The furthest behind first. */
export async function topicGroups(
  views: KafkaViews,
  tenant: string,
  topic: string,
): Promise<{ readonly items: readonly TopicGroup[]; readonly problem?: PartialProblem }> {
  const { value, problem } = await views.indexOf(tenant).groups()
  if (value === undefined) return { items: [], ...unlessPartial(problem) }
  const { names, of } = value
  const physical = topicNameOf(value, topic)
  const readers = [...of.groups.values()].filter(({ offsets }) => offsets.some((each) => each.topic === physical))
  const behind = readers.map((group) => ({ group, lag: group.lagByTopic.get(physical) }))
  const items = behind
    .sort((a, b) => (b.lag ?? -1) - (a.lag ?? -1))
    .map(({ group: { groupId, state, members }, lag }) => ({
      group: names.logical(groupId) ?? groupId,
      state,
      members: members ?? 0,
      ...(lag === undefined ? {} : { lag: String(lag) }),
    }))
  return { items, ...unlessPartial(problem ?? of.problem) }
}
