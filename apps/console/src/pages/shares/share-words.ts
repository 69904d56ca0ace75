// SPDX-License-Identifier: Apache-2.0
/** Shares in words: where they are in the console, and what they give. */
import type { ShareAccess } from '@kaas/domain'

/** What the other tenant may do. */
export const ACCESS_WORDS: Readonly<Record<ShareAccess, string>> = {
  read: 'Reads',
  write: 'Writes',
  'read-write': 'Reads and writes',
}

/** The list of shares of a tenant, or the page of one. */
export function sharePath(tenant: string, share?: string): string {
  const list = `/tenants/${encodeURIComponent(tenant)}/shares`
  return share === undefined ? list : `${list}/${encodeURIComponent(share)}`
}
