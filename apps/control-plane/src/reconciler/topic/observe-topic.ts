// SPDX-License-Identifier: Apache-2.0
/** What is known of a topic: its tenant's home, what it should be, and what Kafka has under its name. */
import type { ConfigEntry, TopicDescription } from '@kaas/kafka-admin'
import type { StoredResource } from '@kaas/store'
import { type Home, homeOfTenant } from '../home-of-tenant.ts'
import type { RunContext } from '../run-context.ts'
import { type DesiredTopic, desiredTopic } from './desired-topic.ts'

/** A topic as one run sees it. */
export type TopicObservation =
  | { readonly kind: 'homeless'; readonly topic: StoredResource<'Topic'>; readonly reason: string }
  | {
      readonly kind: 'housed'
      readonly topic: StoredResource<'Topic'>
      readonly home: Extract<Home, { kind: 'found' }>
      /** Users that the tenant still has, when the whole tenant is being deleted: they go first. */
      readonly usersFirst: number
      readonly desired: DesiredTopic
      readonly found: FoundTopic | undefined
    }

/** A topic as Kafka has it, with the settings of the topic itself. */
export interface FoundTopic {
  readonly description: TopicDescription
  readonly configs: Readonly<Record<string, string>>
}

/** Looks at store and Kafka. Throws `kafka-unavailable` and the like when the cluster is away. */
export async function observeTopic(context: RunContext, topic: StoredResource<'Topic'>): Promise<TopicObservation> {
  const tenant = topic.tenant ?? ''
  const home = await homeOfTenant(context.store, tenant)
  if (home.kind === 'none') return { kind: 'homeless', topic, reason: home.reason }
  const desired = desiredTopic(tenant, topic.name, topic.spec, home.limits)
  const usersFirst = home.deleting ? (await context.store.countOfTenant('User', tenant)).count : 0
  const { admin } = await context.cluster(home.cluster)
  const [description] = await admin.describeTopics([desired.name])
  if (description === undefined) return { kind: 'housed', topic, home, usersFirst, desired, found: undefined }
  const configs = ownSettings(await admin.describeConfigs('topic', desired.name))
  return { kind: 'housed', topic, home, usersFirst, desired, found: { description, configs } }
}

function ownSettings(entries: readonly ConfigEntry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(entries.filter(({ source }) => source === 'topic').map(({ name, value }) => [name, value ?? '']))
}
