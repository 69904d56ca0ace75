// SPDX-License-Identifier: Apache-2.0
/**
 * Rules of shares. What is known at once is refused at once; what depends on Kafka, or may change, is said by the conditions
 * (`reconciler/topic-share/`). Of a tenant that does not accept the share nothing is looked at, so that nobody learns its names.
 */
import type { ResourceOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { acceptsShares } from '../../tenants/accepts-shares.ts'
import { claimOf } from '../../tenants/claim.ts'
import { isDedicated } from '../../tenants/is-dedicated.ts'
import { shareInForce, sharesWith } from '../../tenants/shared-topics.ts'
import { lockTenant } from './tenant-of.ts'

/** Shares of one tenant: gateways hold all of them in memory. */
export const MOST_SHARES = 200

/** Throws `not-supported`, `resource-absent`, `field-immutable`, `limit-exceeded` or `resource-exists`. */
export async function checkTopicShare(
  session: StoreSession,
  { metadata, spec }: ResourceOf<'TopicShare'>,
  stored: StoredResource<'TopicShare'> | undefined,
): Promise<void> {
  const { tenant: owner } = await lockTenant(session, metadata.tenant ?? '')
  if (isDedicated(owner)) throw notShared(owner.name, 'metadata.tenant')
  if (stored === undefined) await checkCount(session, owner.name)
  else refuseOther(stored, spec)
  const receiver = await session.lockResource({ kind: 'Tenant', name: spec.with })
  if (receiver === undefined || !acceptsShares(receiver, owner)) return
  if (isDedicated(receiver)) throw notShared(receiver.name, 'spec.with')
  const [here, there] = [claimOf(owner)?.cluster, claimOf(receiver)?.cluster]
  if (here !== undefined && there !== undefined && here !== there) throw apart(owner.name, receiver.name)
  await refuseTakenName(session, { metadata, spec })
}

async function checkCount(session: StoreSession, tenant: string): Promise<void> {
  const { count } = await session.countOfTenant('TopicShare', tenant)
  if (count < MOST_SHARES) return
  throw new KaasError('limit-exceeded', {
    message: `The tenant "${tenant}" has ${count} shares; ${MOST_SHARES} are the most.`,
    help: 'Delete shares that are not needed.',
  })
}

/** Clients would read another topic under the same name, at offsets of the one before. */
function refuseOther({ spec: before }: StoredResource<'TopicShare'>, spec: ResourceOf<'TopicShare'>['spec']): void {
  for (const field of ['topic', 'with'] as const) {
    if (before[field] === spec[field]) continue
    throw new KaasError('field-immutable', {
      message: `The share is of ${field === 'topic' ? 'the topic' : 'and for the tenant'} "${before[field]}", and stays so.`,
      help: 'Delete it and create another one.',
      fields: [{ path: `spec.${field}`, message: `Must stay ${before[field]}.` }],
    })
  }
}

async function refuseTakenName(
  session: StoreSession,
  { metadata, spec }: Pick<ResourceOf<'TopicShare'>, 'metadata' | 'spec'>,
): Promise<void> {
  const topic = await session.loadResource({ kind: 'Topic', tenant: spec.with, name: spec.as })
  if (topic !== undefined) throw takenName(spec.with, spec.as)
  for (const other of await sharesWith(session, spec.with)) {
    if (other.tenant === metadata.tenant && other.name === metadata.name) continue
    const isSameName =
      shareInForce(other)?.name === spec.as || (other.tenant === metadata.tenant && other.spec.as === spec.as)
    if (isSameName) throw takenName(spec.with, spec.as)
    if (other.tenant === metadata.tenant && other.spec.topic === spec.topic) {
      throw new KaasError('resource-exists', {
        message: `The topic "${spec.topic}" is shared with "${spec.with}" as "${other.spec.as}" already, by the share "${other.name}".`,
        help: `Change that share: kaas describe share ${other.name} --tenant ${other.tenant}.`,
      })
    }
  }
}

/** Throws `resource-exists` when the name of a topic to be is one under which a shared topic appears in the tenant. */
export async function refuseSharedName(session: StoreSession, tenant: string, name: string): Promise<void> {
  const holder = (await sharesWith(session, tenant)).find((share) => shareInForce(share)?.name === name)
  if (holder === undefined) return
  throw new KaasError('resource-exists', {
    message: `In the tenant "${tenant}" the name "${name}" is that of the topic "${holder.spec.topic}", shared by "${holder.tenant}".`,
    help: 'Choose another name, or have the share deleted first.',
  })
}

function takenName(tenant: string, name: string): KaasError {
  return new KaasError('resource-exists', {
    message: `The tenant "${tenant}" has a topic "${name}" already.`,
    help: 'Choose another name in spec.as.',
    fields: [{ path: 'spec.as', message: 'Must be a name that is free in that tenant.' }],
  })
}

function notShared(tenant: string, path: string): KaasError {
  return new KaasError('not-supported', {
    message: `The tenant "${tenant}" has a Kafka of its own; topics are shared between virtual tenants.`,
    help: 'Copy the records instead, for example with MirrorMaker 2.',
    fields: [{ path, message: 'Must be a virtual tenant.' }],
  })
}

function apart(owner: string, receiver: string): KaasError {
  return new KaasError('not-supported', {
    message: `"${owner}" and "${receiver}" live on different Kafka clusters; topics are shared within one.`,
    help: 'Share with a tenant on the same KafkaCluster, or copy the records.',
    fields: [{ path: 'spec.with', message: 'Must be a tenant on the same KafkaCluster.' }],
  })
}
