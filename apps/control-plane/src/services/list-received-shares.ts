// SPDX-License-Identifier: Apache-2.0
/** Topics that other tenants share with one, told to its own people. Of an owner nothing is told but what the share says. */
import type { ReceivedShare } from '@kaas/http-contract'
import type { StoredResource } from '@kaas/store'
import { acceptsShares } from '../tenants/accepts-shares.ts'
import { shareInForce, sharesWith } from '../tenants/shared-topics.ts'
import { absentError } from './resource-paths.ts'
import type { ServiceParts } from './service-parts.ts'

/** The oldest first, without aliases. Throws `resource-absent`. */
export async function listReceivedShares({ store }: ServiceParts, tenant: string): Promise<readonly ReceivedShare[]> {
  const key = { kind: 'Tenant', name: tenant } as const
  const receiver = await store.loadResource(key)
  if (receiver === undefined) throw absentError(key)
  const shares = (await sharesWith(store, tenant)).filter((share) => share.tenant !== tenant)
  const owners = new Map(
    await Promise.all(
      [...new Set(shares.map((share) => share.tenant ?? ''))].map(
        async (name) => [name, await store.loadResource({ kind: 'Tenant', name })] as const,
      ),
    ),
  )
  return shares.map((share) => receivedShareOf(share, owners.get(share.tenant ?? ''), receiver))
}

function receivedShareOf(
  share: StoredResource<'TopicShare'>,
  owner: StoredResource<'Tenant'> | undefined,
  receiver: StoredResource<'Tenant'>,
): ReceivedShare {
  const { topic, as, access } = share.spec
  const accepted = owner !== undefined && acceptsShares(receiver, owner)
  const going = share.deletionRequestedAt !== undefined
  const ready = share.status?.conditions.find(({ type }) => type === 'Ready')
  const offer = `To take it, add "${share.tenant}" to spec.acceptSharesFrom of the tenant "${receiver.name}".`
  return {
    ...{ owner: share.tenant ?? '', share: share.name, topic, as, access, accepted },
    inForce: !going && accepted && ready?.status === 'True' && shareInForce(share) !== undefined,
    message: accepted ? (ready?.message ?? 'It is being put in force.') : offer,
    since: share.createdAt.toISOString(),
  }
}
