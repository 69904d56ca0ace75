// SPDX-License-Identifier: Apache-2.0
/** The tenant of a topic or user, as its reconcilers need it. */
import { type PlanLimits, parseWorkload } from '@kaas/domain'
import { limitsFor } from '@kaas/planner'
import type { Store } from '@kaas/store'
import { claimOf } from '../tenants/claim.ts'

/** Where the things of a tenant live. */
export type Home =
  /** No such tenant, or it has no place on a cluster: nothing of it can be on Kafka. */
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'found'; readonly cluster: string; readonly limits: PlanLimits; readonly deleting: boolean }

/** Reads the tenant. */
export async function homeOfTenant(store: Store, name: string | undefined): Promise<Home> {
  const tenant = name === undefined ? undefined : await store.loadResource({ kind: 'Tenant', name })
  if (tenant === undefined) return { kind: 'none', reason: `The tenant "${name}" does not exist.` }
  const claim = claimOf(tenant)
  if (claim === undefined) return { kind: 'none', reason: `The tenant "${name}" has no place on a cluster yet.` }
  const limits = limitsFor(parseWorkload(tenant.spec.workload))
  return { kind: 'found', cluster: claim.cluster, limits, deleting: tenant.deletionRequestedAt !== undefined }
}
