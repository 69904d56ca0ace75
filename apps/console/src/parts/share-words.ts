// SPDX-License-Identifier: Apache-2.0
/** Shares in words: where they are in the console, and what they give. */
import type { ShareAccess } from '@kaas/domain'

/** What users of the other tenant may do, each within her own roles. */
export const ACCESS_WORDS: Readonly<Record<ShareAccess, string>> = {
  read: 'read',
  write: 'write',
  'read-write': 'read and write',
}

/** The list of shares of a tenant, or the page of one. */
export function sharePath(tenant: string, share?: string): string {
  const list = `/tenants/${encodeURIComponent(tenant)}/shares`
  return share === undefined ? list : `${list}/${encodeURIComponent(share)}`
}
