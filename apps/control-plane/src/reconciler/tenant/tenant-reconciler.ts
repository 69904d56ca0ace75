// SPDX-License-Identifier: Apache-2.0
/** Tenants of the isolation level `virtual`: a place on a cluster, a prefix of their own, and their removal. */
import type { StoredResource } from '@kaas/store'
import type { KindReconciler, RunContext } from '../run-context.ts'
import { keyOf } from '../save-report.ts'
import { actionForTenant, type TenantAction } from './action-for-tenant.ts'
import { announceTenant } from './actions/announce-tenant.ts'
import { claimPrefix } from './actions/claim-prefix.ts'
import { sweep } from './actions/sweep.ts'
import { observeTenant, type TenantObservation } from './observe-tenant.ts'
import { reportOfTenant } from './report-of-tenant.ts'
import { stateOfTenant, type TenantState } from './state-of-tenant.ts'

export const tenantReconciler: KindReconciler<'Tenant', TenantObservation, TenantState, TenantAction> = {
  observe: observeTenant,
  stateOf: stateOfTenant,
  actionFor: actionForTenant,
  reportOf: reportOfTenant,
  act,
}

async function act(context: RunContext, tenant: StoredResource<'Tenant'>, action: TenantAction): Promise<void> {
  switch (action.kind) {
    case 'claimPrefix':
      return claimPrefix(context, tenant, action.cluster)
    case 'announceTenant':
      return announceTenant(context, tenant, action.cluster, action.limits)
    case 'removeTenant':
      await removeFiles(context, tenant)
      await context.store.removeResource(keyOf(tenant), tenant.uid)
      return
    default:
      return sweep(await context.cluster(action.cluster), action)
  }
}

/** The documents of a tenant that is gone must not bring it back when a database is rebuilt from Git. */
async function removeFiles({ code }: RunContext, tenant: StoredResource<'Tenant'>): Promise<void> {
  const paths = (await code?.files.pathsOf(tenant.name)) ?? []
  if (paths.length === 0) return
  await code?.files.change(tenant, { author: 'kaas', verb: 'remove' }, new Map(paths.map((path) => [path, undefined])))
}
