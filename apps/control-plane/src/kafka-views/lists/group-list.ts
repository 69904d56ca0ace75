// SPDX-License-Identifier: Apache-2.0
/** A group as the list shows it, and what the list can be sorted and filtered by. Pure. */
import type { GroupSummary } from '@kaas/http-contract'
import type { GroupReading } from '../reading/read-groups.ts'
import type { ListKind } from './ordered-list.ts'

/** Fields of the list of groups. `name` is the same as `group`. */
export const groupKind: ListKind<GroupSummary> = {
  name: 'group',
  fields: {
    group: ({ group }) => group,
    name: ({ group }) => group,
    type: ({ type }) => type,
    state: ({ state }) => state,
    members: ({ members }) => members,
    topics: ({ topics }) => topics,
    lag: ({ lag }) => (lag === undefined ? undefined : Number(lag)),
  },
}

/** `name` is the id as the tenant knows it. */
export function summaryOf(name: string, { type, state, members, offsets, lag }: GroupReading): GroupSummary {
  return {
    group: name,
    type: groupTypeOf(type),
    state,
    ...(members === undefined ? {} : { members }),
    topics: new Set(offsets.map(({ topic }) => topic)).size,
    ...(lag === undefined ? {} : { lag: String(lag) }),
  }
}

/** Kafka's word, or `unknown` for a type that a newer Kafka brought. */
export function groupTypeOf(type: string): GroupSummary['type'] {
  switch (type) {
    case 'classic':
    case 'consumer':
    case 'share':
    case 'streams':
      return type
    default:
      return 'unknown'
  }
}
