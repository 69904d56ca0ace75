// SPDX-License-Identifier: Apache-2.0
/** What is known of a living tenant with Kafka of its own: its intent, its plan, what Git holds, and what Kubernetes shows. */
import type { DedicatedPlan } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import { dedicatedPlanFor } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { objectsOf, type TenantView, viewOf } from '../../code/cluster-view.ts'
import { platformOf } from '../../code/platform-of.ts'
import { documentOf, loadIntent, type TenantIntent } from '../../code/tenant-documents.ts'
import type { FileDifference } from '../../code/tenant-files.ts'
import type { TenantsAsCode } from '../../code/tenants-as-code.ts'
import type { RunContext } from '../run-context.ts'
import { currentCommits } from './current-commits.ts'

/** Such a tenant as one run sees it. */
export type DedicatedObservation = { readonly tenant: StoredResource<'Tenant'> } & (
  | { readonly kind: 'unconfigured' }
  /** It cannot be planned or rendered as it stands. */
  | { readonly kind: 'refused'; readonly error: KaasError }
  | {
      readonly kind: 'rendered'
      readonly intent: TenantIntent
      readonly plan: Extract<DedicatedPlan, { kind: 'fits' }>
      readonly difference: FileDifference
      /** What Git has of it and this database never had; only before the first time that all was written. */
      readonly unstored: readonly string[]
      /** Commits that Flux speaks of and that have the tenant's files as they are now. */
      readonly current: ReadonlySet<string>
      readonly view: TenantView
    }
)

/** Throws what Git throws; Kubernetes being away is part of what is seen. */
export async function observeDedicated(
  context: RunContext,
  tenant: StoredResource<'Tenant'>,
): Promise<DedicatedObservation> {
  const { code } = context
  if (code === undefined) return { kind: 'unconfigured', tenant }
  const platform = await platformOf(code.repository)
  const intent = await loadIntent(context.store, tenant)
  const looked = await renderedAs(code, intent, () => dedicatedPlanFor(documentOf(tenant), platform))
  if ('refused' in looked) return { kind: 'refused', tenant, error: looked.refused }
  const view = await viewOf(code.clusters, tenant.name, tenant.spec.isolation === 'cluster')
  const flux = view.kind === 'unwatched' ? [] : [...objectsOf(view.management), ...view.platform]
  const current = await currentCommits(code.repository, tenant.name, flux)
  const unstored = tenant.status?.observed.writtenUpTo === undefined ? await code.files.unstoredOf(intent) : []
  return { kind: 'rendered', tenant, intent, ...looked, unstored, current, view }
}

/** Faults of documents are the tenant's; what Git throws is not. */
async function renderedAs(code: TenantsAsCode, intent: TenantIntent, planned: () => DedicatedPlan) {
  try {
    const plan = planned()
    if (plan.kind === 'refused') {
      throw new KaasError('workload-too-large', {
        message: `No own cluster holds the workload; ${plan.binding} binds.`,
        help: 'Order less.',
      })
    }
    return { plan, difference: await code.files.differenceOf(intent) }
  } catch (thrown) {
    const error = asKaasError(thrown)
    if (!['invalid', 'refused', 'unsupported'].includes(error.kind) || error.code === 'git-refused') throw thrown
    return { refused: error }
  }
}
