// SPDX-License-Identifier: Apache-2.0
/** The tenant that a topic or user is to live in, locked, so that what is counted against its limits stays counted. */
import { type PlanLimits, parseWorkload } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { limitsFor } from '@kaas/planner'
import type { StoredResource, StoreSession } from '@kaas/store'
import { missingReference } from '../resource-paths.ts'

/** The tenant and its limits. Throws `resource-absent`, and `resource-changed` while it is being deleted. */
export async function lockTenant(
  session: StoreSession,
  name: string,
): Promise<{ readonly tenant: StoredResource<'Tenant'>; readonly limits: PlanLimits }> {
  const tenant = await session.lockResource({ kind: 'Tenant', name })
  if (tenant === undefined) throw missingReference('metadata.tenant', 'Tenant', name)
  if (tenant.deletionRequestedAt !== undefined) {
    throw new KaasError('resource-changed', {
      message: `The tenant "${name}" is being deleted.`,
      help: 'Wait until it is gone, then create it again.',
    })
  }
  return { tenant, limits: limitsFor(parseWorkload(tenant.spec.workload)) }
}
