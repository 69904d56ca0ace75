// SPDX-License-Identifier: Apache-2.0
/** Shows a tenant's conditions to those who live in kubectl. That it cannot be shown there stops nothing here. */
import type { Status } from '@kaas/domain'
import { mirrorTenant } from '@kaas/kube'
import type { StoredResource } from '@kaas/store'
import type { RunContext } from '../run-context.ts'

/** Writes the custom resource `Tenant` in the management cluster, when there is one. */
export async function mirror({ code, log }: RunContext, tenant: StoredResource<'Tenant'>, status: Status): Promise<void> {
  if (code?.clusters === undefined) return
  const { team, environment, isolation, management = 'api' } = tenant.spec
  const { bootstrap } = status.observed
  const step = status.conditions.find(({ type }) => type === 'Ready')?.step
  const conditions = status.conditions.map(({ type, status: value, reason, message, since }) => {
    return { type, status: value, reason, message, lastTransitionTime: since, observedGeneration: status.observedGeneration }
  })
  try {
    await mirrorTenant(await code.clusters.management(tenant.name), {
      tenant: tenant.name,
      labels: {
        'app.kubernetes.io/managed-by': 'kaas',
        'kaas.dev/environment': environment,
        'kaas.dev/team': team,
      },
      spec: { team, environment, isolation, management },
      status: {
        observedGeneration: status.observedGeneration,
        ...(step === undefined ? {} : { step }),
        ...(typeof bootstrap === 'string' ? { endpoint: bootstrap } : {}),
        conditions,
      },
    })
  } catch (error) {
    log.debug({ tenant: tenant.name, error }, 'the tenant could not be mirrored')
  }
}
