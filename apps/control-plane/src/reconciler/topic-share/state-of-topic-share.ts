// SPDX-License-Identifier: Apache-2.0
/** Names the state of a share, with the reason. Pure; tested as a table. */
import { isDeepStrictEqual } from 'node:util'
import type { Acl } from '@kaas/kafka-admin'
import type { StoredResource } from '@kaas/store'
import { acceptsShares } from '../../tenants/accepts-shares.ts'
import { claimOf } from '../../tenants/claim.ts'
import { type ShareInForce, shareInForce } from '../../tenants/shared-topics.ts'
import { aclDifference } from '../user/acls-for.ts'
import type { FoundShare, TopicShareObservation } from './observe-topic-share.ts'

/**
 * For so long gateways keep the name of a share that was taken back, after the rights went: clients then hear from the broker that they
 * may not read the topic, and not that it is unknown, which many take for a reason to wait.
 */
export const FAREWELL_MS = 5_000

/** Where a share stands. `reason` is a sentence for its conditions. */
export type TopicShareState = { readonly reason: string } & (
  | { readonly kind: 'OwnerNotReady' | 'NotAccepted' | 'OtherCluster' | 'NameTaken' | 'SharedAlready' | 'TopicAbsent' }
  /** It was in force and may not be any more, for the reason of the state that comes next. */
  | { readonly kind: 'Withdrawn'; readonly cluster: string; readonly remove: readonly Acl[] }
  | { readonly kind: 'Unannounced'; readonly share: ShareInForce }
  | {
      readonly kind: 'RightsDiffer'
      readonly cluster: string
      readonly add: readonly Acl[]
      readonly remove: readonly Acl[]
    }
  | { readonly kind: 'InForce' }
  | { readonly kind: 'Farewell'; readonly leftMs: number }
  | { readonly kind: 'Gone' }
)

/** The first of these that is true, in this order. */
export function stateOfTopicShare(observation: TopicShareObservation): TopicShareState {
  return observation.share.deletionRequestedAt === undefined ? stateOfLife(observation) : stateOfRemoval(observation)
}

/** Rights go first, then the name: nobody ever reads a topic whose name means another one. */
function stateOfRemoval({ share, owner, wanted, found, now }: TopicShareObservation): TopicShareState {
  const noted = shareInForce(share)
  const cluster = (wanted ?? noted)?.cluster
  if (cluster !== undefined && found !== undefined && found.acls.length > 0) {
    return {
      kind: 'RightsDiffer',
      cluster,
      add: [],
      remove: found.acls,
      reason: 'Rights on the topic are being taken back.',
    }
  }
  const leftMs = FAREWELL_MS - (now.getTime() - (share.deletionRequestedAt?.getTime() ?? 0))
  if (noted !== undefined && leftMs > 0 && !isAlias(share) && owner?.deletionRequestedAt === undefined) {
    return { kind: 'Farewell', leftMs, reason: 'Clients that still use the name are told that they may not.' }
  }
  return { kind: 'Gone', reason: 'Nothing of the share is left.' }
}

function stateOfLife(observation: TopicShareObservation): TopicShareState {
  const { share, wanted, found } = observation
  const noted = shareInForce(share)
  const blocked = whyNot(observation)
  if (wanted === undefined || found === undefined || blocked !== undefined) {
    const { kind, reason } = blocked ?? { kind: 'OwnerNotReady' as const, reason: NO_PLACE }
    const cluster = noted?.cluster ?? wanted?.cluster
    const isLeft = noted !== undefined || (found?.acls.length ?? 0) > 0
    if (cluster !== undefined && isLeft) return { kind: 'Withdrawn', cluster, remove: found?.acls ?? [], reason }
    return { kind, reason }
  }
  if (!isDeepStrictEqual(noted, wanted)) {
    return { kind: 'Unannounced', share: wanted, reason: 'Gateways are told of the share.' }
  }
  return stateOfRights(observation, wanted, found)
}

function stateOfRights({ share }: TopicShareObservation, wanted: ShareInForce, found: FoundShare): TopicShareState {
  const { add, remove } = aclDifference(found.acls, found.wantedAcls)
  if (add.length + remove.length > 0) {
    const reason = `Rights on the topic differ: ${add.length} are missing, ${remove.length} are too much.`
    return { kind: 'RightsDiffer', cluster: wanted.cluster, add, remove, reason }
  }
  const { topic, with: receiver, as, access } = share.spec
  const reason = isAlias(share)
    ? `"${as}" is a second name of the topic "${topic}".`
    : `The tenant "${receiver}" may ${WORDS[access]} the topic "${topic}" as "${as}".`
  return { kind: 'InForce', reason }
}

const WORDS = { read: 'read', write: 'write', 'read-write': 'read and write' } as const
const NO_PLACE = 'The tenant has no place on a shared Kafka cluster yet.'

type Blocked = {
  readonly kind: 'OwnerNotReady' | 'NotAccepted' | 'OtherCluster' | 'NameTaken' | 'SharedAlready' | 'TopicAbsent'
  readonly reason: string
}

/** Why the share cannot be in force now. Of a tenant that does not accept it nothing is told, not even whether there is one. */
function whyNot({ share, owner, receiver, others, isOrdered, wanted, found }: TopicShareObservation): Blocked | undefined {
  const { with: name, as, topic } = share.spec
  if (owner === undefined || owner.deletionRequestedAt !== undefined) {
    return { kind: 'OwnerNotReady', reason: 'The tenant of the topic is being deleted.' }
  }
  if (receiver === undefined || receiver.deletionRequestedAt !== undefined || !acceptsShares(receiver, owner)) {
    return { kind: 'NotAccepted', reason: notAccepted(name, owner.name) }
  }
  if (wanted === undefined) return { kind: 'OwnerNotReady', reason: NO_PLACE }
  if (claimOf(receiver)?.cluster !== wanted.cluster) {
    return { kind: 'OtherCluster', reason: `The tenant "${name}" does not live on the Kafka cluster "${wanted.cluster}".` }
  }
  if (isOrdered || found?.nameExists === true || others.some((other) => comesFirst(other, share, 'as'))) {
    return { kind: 'NameTaken', reason: `The tenant "${name}" has a topic "${as}" already; choose another spec.as.` }
  }
  if (others.some((other) => comesFirst(other, share, 'topic'))) {
    return { kind: 'SharedAlready', reason: `The topic "${topic}" is shared with "${name}" under another name already.` }
  }
  if (found?.topicExists === false) return { kind: 'TopicAbsent', reason: `The topic "${topic}" does not exist yet.` }
  return undefined
}

function notAccepted(name: string, owner: string): string {
  return (
    `No tenant "${name}" accepts topics of "${owner}": ` +
    `people of that tenant add "${owner}" to spec.acceptSharesFrom of it, unless both tenants are of one team.`
  )
}

/**
 * Whether another share in force has the name, or the topic, before this one. One that is not in force takes nothing: else names could
 * be kept from others by shares that nobody accepted.
 */
function comesFirst(
  other: StoredResource<'TopicShare'>,
  share: StoredResource<'TopicShare'>,
  what: 'as' | 'topic',
): boolean {
  const [theirs, mine] = [shareInForce(other), shareInForce(share)]
  if (theirs === undefined) return false
  if (!(what === 'as' ? theirs.name === share.spec.as : isSameTopic(other, share))) return false
  const isBoth = what === 'as' ? mine?.name === share.spec.as : mine !== undefined
  return !isBoth || isOlder(other, share)
}

function isSameTopic(one: StoredResource<'TopicShare'>, other: StoredResource<'TopicShare'>): boolean {
  return one.tenant === other.tenant && one.spec.topic === other.spec.topic
}

function isOlder(one: StoredResource<'TopicShare'>, other: StoredResource<'TopicShare'>): boolean {
  const orderOf = ({ createdAt, tenant, name }: StoredResource): string => `${createdAt.toISOString()} ${tenant} ${name}`
  return orderOf(one) < orderOf(other)
}

function isAlias({ tenant, spec }: StoredResource<'TopicShare'>): boolean {
  return tenant === spec.with
}
