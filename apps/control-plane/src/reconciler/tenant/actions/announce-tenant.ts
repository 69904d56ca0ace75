// SPDX-License-Identifier: Apache-2.0
/** Reports a tenant ready once its gateways can know it, and wakes its topics and users. */
import type { PlanLimits } from '@kaas/domain'
import type { StoredResource } from '@kaas/store'
import { settled } from '../../conditions.ts'
import type { RunContext } from '../../run-context.ts'
import { saveReport } from '../../save-report.ts'
import { observedOf } from '../report-of-tenant.ts'

/** Also for changed limits: users' quotas and topics' retention follow from them. */
export async function announceTenant(
  context: RunContext,
  tenant: StoredResource<'Tenant'>,
  cluster: string,
  limits: PlanLimits,
): Promise<void> {
  await context.published(tenant.name)
  await context.store.requestWork({ tenant: tenant.name })
  const observed = { ...observedOf(tenant.name, cluster), limits }
  await saveReport(context, tenant, { verdict: settled(`The tenant lives on the Kafka cluster "${cluster}".`), observed })
}
