// SPDX-License-Identifier: Apache-2.0
/** Where groups are in the console. */

/** The page of one group. */
export function groupPath(tenant: string, group: string): string {
  return `/tenants/${encodeURIComponent(tenant)}/groups/${encodeURIComponent(group)}`
}
