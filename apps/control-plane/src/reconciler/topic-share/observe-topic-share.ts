// SPDX-License-Identifier: Apache-2.0
/** What is known of a share: both tenants, who else claims the name, and what Kafka has of topic, name and rights. */
import { physicalName, prefixOf } from '@kaas/domain'
import type { Acl, KafkaAdmin } from '@kaas/kafka-admin'
import type { Store, StoredResource } from '@kaas/store'
import { allOf } from '../../code/tenant-documents.ts'
import { claimOf } from '../../tenants/claim.ts'
import { type ShareInForce, shareInForce, sharesWith } from '../../tenants/shared-topics.ts'
import type { RunContext } from '../run-context.ts'
import { shareAclsFor } from '../user/share-acls.ts'

/** A share as one run sees it. */
export interface TopicShareObservation {
  readonly share: StoredResource<'TopicShare'>
  readonly owner: StoredResource<'Tenant'> | undefined
  readonly receiver: StoredResource<'Tenant'> | undefined
  /** Other shares with the same tenant. */
  readonly others: readonly StoredResource<'TopicShare'>[]
  /** Whether the receiver has a document of a topic under the name. */
  readonly isOrdered: boolean
  /** What the share is on the owner's cluster; undefined while it has no place. */
  readonly wanted: ShareInForce | undefined
  readonly found: FoundShare | undefined
  readonly now: Date
}

/** What Kafka has. */
export interface FoundShare {
  readonly topicExists: boolean
  /** Whether the receiver has a topic of its own under the name. */
  readonly nameExists: boolean
  /** Rights of the receiver's users on the topic: those there, and those that must be there while the share is in force. */
  readonly acls: readonly Acl[]
  readonly wantedAcls: readonly Acl[]
}

/** Looks at store and Kafka. Throws `kafka-unavailable` and the like when the cluster is away. */
export async function observeTopicShare(
  context: RunContext,
  share: StoredResource<'TopicShare'>,
): Promise<TopicShareObservation> {
  const { store } = context
  const { with: receiverName, as, topic, access } = share.spec
  const [owner, receiver, shares, ordered] = await Promise.all([
    store.loadResource({ kind: 'Tenant', name: share.tenant ?? '' }),
    store.loadResource({ kind: 'Tenant', name: receiverName }),
    sharesWith(store, receiverName),
    store.loadResource({ kind: 'Topic', tenant: receiverName, name: as }),
  ])
  const claim = owner && claimOf(owner)
  const wanted = claim && { physicalName: physicalName(share.tenant ?? '', topic), name: as, access, cluster: claim.cluster }
  // A share that was in force where its owner was before still has rights there.
  const place = wanted ?? shareInForce(share)
  const found = place && (await lookUp(store, (await context.cluster(place.cluster)).admin, receiverName, place))
  const others = shares.filter(({ uid }) => uid !== share.uid)
  return { share, owner, receiver, others, isOrdered: ordered !== undefined, wanted, found, now: context.now() }
}

async function lookUp(store: Store, admin: KafkaAdmin, receiver: string, share: ShareInForce): Promise<FoundShare> {
  const own = physicalName(receiver, share.name)
  const [topics, acls, users] = await Promise.all([
    admin.describeTopics([share.physicalName, own]),
    admin.describeAcls({ resource: 'topic', name: share.physicalName, pattern: 'literal' }),
    allOf(store, 'User', receiver),
  ])
  const isAlias = share.physicalName.startsWith(prefixOf(receiver))
  return {
    topicExists: topics.some(({ name }) => name === share.physicalName),
    nameExists: topics.some(({ name }) => name === own),
    acls: isAlias ? [] : acls.filter(({ principal }) => principal.startsWith(`User:${prefixOf(receiver)}`)),
    wantedAcls: users
      .filter(({ deletionRequestedAt }) => deletionRequestedAt === undefined)
      .flatMap(({ name, spec }) => shareAclsFor(receiver, name, spec, [share])),
  }
}
