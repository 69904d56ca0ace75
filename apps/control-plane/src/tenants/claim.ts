// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant's claim: the record that the prefix was free on a cluster and is the tenant's from then on. It is the one thing that
 * the reconciler decides and keeps; without it, nobody may touch names with that prefix.
 */
import type { StoredResource } from '@kaas/store'

/** Where a tenant lives. */
export interface Claim {
  readonly cluster: string
}

/** The claim of a tenant; undefined while it has none. It is kept in `status.observed`. */
export function claimOf(tenant: StoredResource<'Tenant'>): Claim | undefined {
  const observed = tenant.status?.observed
  return observed?.claimed === true && typeof observed.cluster === 'string' ? { cluster: observed.cluster } : undefined
}
