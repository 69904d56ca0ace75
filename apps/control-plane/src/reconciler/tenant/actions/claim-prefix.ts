// SPDX-License-Identifier: Apache-2.0
/** Records that the prefix is the tenant's on this cluster. With that the tenant enters the gateway snapshot. */
import type { StoredResource } from '@kaas/store'
import { working } from '../../conditions.ts'
import type { RunContext } from '../../run-context.ts'
import { saveReport } from '../../save-report.ts'
import { observedOf } from '../report-of-tenant.ts'

/** Writes the claim, on which everything else of the tenant rests. */
export async function claimPrefix(context: RunContext, tenant: StoredResource<'Tenant'>, cluster: string): Promise<void> {
  const verdict = working('Announcing', `The tenant has its place on "${cluster}".`, 'tell the gateways')
  await saveReport(context, tenant, { verdict, observed: observedOf(tenant.name, cluster) })
}
