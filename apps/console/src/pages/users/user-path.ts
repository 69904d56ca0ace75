// SPDX-License-Identifier: Apache-2.0
/** Where users are in the console. */

/** The page of one user. */
export function userPath(tenant: string, user: string): string {
  return `/tenants/${encodeURIComponent(tenant)}/users/${encodeURIComponent(user)}`
}
