// SPDX-License-Identifier: Apache-2.0
/** Whether topics of one tenant may appear in another: names in a tenant are its people's to give (decision 0029). */
import type { StoredResource } from '@kaas/store'

/** Within a team always; else when the receiver's document names the owner. */
export function acceptsShares(receiver: StoredResource<'Tenant'>, owner: StoredResource<'Tenant'>): boolean {
  return (
    receiver.name === owner.name ||
    receiver.spec.team === owner.spec.team ||
    receiver.spec.acceptSharesFrom?.includes(owner.name) === true
  )
}
