// SPDX-License-Identifier: Apache-2.0
/** Names the state of a topic, with the reason. Pure; tested as a table. */
import type { ConfigChange } from '@kaas/kafka-admin'
import { type DesiredTopic, limitProblem } from './desired-topic.ts'
import type { TopicObservation } from './observe-topic.ts'

/** Where a topic stands. `reason` is a sentence for its conditions. */
export type TopicState = { readonly reason: string } & (
  | { readonly kind: 'TenantNotReady' }
  | { readonly kind: 'LimitExceeded' }
  | { readonly kind: 'Absent'; readonly cluster: string; readonly desired: DesiredTopic }
  | { readonly kind: 'TooFewPartitions'; readonly cluster: string; readonly desired: DesiredTopic }
  | {
      readonly kind: 'SettingsDiffer'
      readonly cluster: string
      readonly desired: DesiredTopic
      readonly change: ConfigChange
    }
  | { readonly kind: 'MorePartitions' }
  | { readonly kind: 'InSync' }
  | { readonly kind: 'UsersFirst' }
  | { readonly kind: 'StillThere'; readonly cluster: string; readonly name: string }
  | { readonly kind: 'Gone' }
)

/** The first of these that is true, in this order. */
export function stateOfTopic(observation: TopicObservation): TopicState {
  const deleting = observation.topic.deletionRequestedAt !== undefined
  if (observation.kind === 'homeless') {
    return deleting
      ? { kind: 'Gone', reason: 'The topic was never made.' }
      : { kind: 'TenantNotReady', reason: observation.reason }
  }
  return deleting ? stateOfRemoval(observation) : stateOfLife(observation)
}

type Housed = Extract<TopicObservation, { kind: 'housed' }>

function stateOfRemoval({ home, usersFirst, desired, found }: Housed): TopicState {
  if (usersFirst > 0) return { kind: 'UsersFirst', reason: `The tenant's ${usersFirst} users are removed first.` }
  if (found === undefined) return { kind: 'Gone', reason: 'The topic is gone.' }
  return {
    kind: 'StillThere',
    cluster: home.cluster,
    name: desired.name,
    reason: 'The topic and its records are being deleted.',
  }
}

function stateOfLife({ home, desired, found }: Housed): TopicState {
  if (home.deleting) return { kind: 'TenantNotReady', reason: 'The tenant is being deleted.' }
  const problem = limitProblem(desired, home.limits)
  if (problem !== undefined) return { kind: 'LimitExceeded', reason: problem }
  const { cluster } = home
  if (found === undefined) return { kind: 'Absent', cluster, desired, reason: 'Kafka does not have the topic.' }
  const { partitions } = found.description
  if (partitions < desired.partitions) {
    const reason = `Kafka has ${partitions} of ${desired.partitions} partitions.`
    return { kind: 'TooFewPartitions', cluster, desired, reason }
  }
  const change = changeBetween(found.configs, desired.configs)
  const differing = [...Object.keys(change.set), ...change.unset]
  if (differing.length > 0) {
    return { kind: 'SettingsDiffer', cluster, desired, change, reason: `Settings differ: ${differing.join(', ')}.` }
  }
  if (partitions > desired.partitions) {
    const reason = `Kafka has ${partitions} partitions, ${desired.partitions} were asked for; Kafka cannot take partitions away.`
    return { kind: 'MorePartitions', reason }
  }
  return { kind: 'InSync', reason: `The topic has ${partitions} partitions and its settings.` }
}

/** What to set and unset so that the topic's own settings are exactly the wanted ones. */
function changeBetween(found: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): ConfigChange {
  const set = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => found[name] !== value))
  return { set, unset: Object.keys(found).filter((name) => wanted[name] === undefined) }
}
