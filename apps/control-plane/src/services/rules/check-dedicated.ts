// SPDX-License-Identifier: Apache-2.0
/** Rules of tenants with Kafka of their own: the installation can make them, the order can be planned, and the change can be done. */
import type { ResourceOf } from '@kaas/domain'
import { renderWorkload } from '@kaas/domain'
import { type ErrorCode, KaasError } from '@kaas/errors'
import {
  changeOfPlan,
  dedicatedPlanFor,
  type PlatformProfile,
  planOfOrder,
  renderDocuments,
  versionsFor,
  wantedVersions,
} from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { platformOf } from '../../code/platform-of.ts'
import { documentOf, loadIntent } from '../../code/tenant-documents.ts'
import type { ServiceParts } from '../service-parts.ts'

type Tenant = ResourceOf<'Tenant'>
type Stored = StoredResource<'Tenant'> | undefined

/**
 * Throws `not-configured` without a repository, `workload-too-large`, `not-supported` for a version that does not run here,
 * `field-immutable` for zones, `version-downgrade`, `disk-shrink`, and what rendering and Git throw. Runs before the transaction.
 */
export async function checkDedicated({ code, store }: ServiceParts, document: Tenant, stored: Stored): Promise<void> {
  const platform = await platformOf((code ?? notConfigured()).repository)
  refuseTooLarge(document, platform)
  refuseVersion(document, stored, platform)
  if (stored !== undefined) refuseChange(document, stored, platform)
  const intent = stored === undefined ? undefined : await loadIntent(store, stored)
  const resources = [document, ...(intent?.children ?? []).map(documentOf)]
  renderDocuments(
    resources.map((resource) => ({ resource })),
    platform,
  )
}

/** The refusal of everything that needs a repository of tenants. */
export function notConfigured(): never {
  throw new KaasError('not-configured', {
    message: 'This installation has no repository of tenants, so it cannot make tenants with Kafka of their own.',
    help: 'Set KAAS_GIT_URL and KAAS_KUBECONFIG_FILE of the control plane (kaas gitops init makes the repository), or use isolation: virtual.',
    fields: [{ path: 'spec.isolation', message: 'Must be virtual here.' }],
  })
}

/** The refusal of everything that is read from Kubernetes. */
export function notWatched(): never {
  throw new KaasError('not-configured', {
    message: 'This installation looks at no Kubernetes cluster, so it cannot know what became of a tenant there.',
    help: 'Set KAAS_KUBECONFIG_FILE of the control plane.',
  })
}

/** The level of a tenant is chosen once. Throws `field-immutable`, naming the way to move its data. */
export function refuseOtherLevel({ spec, metadata }: Tenant, stored: Stored): void {
  if (stored === undefined || stored.spec.isolation === spec.isolation) return
  throw new KaasError('field-immutable', {
    message: `The tenant "${metadata.name}" has isolation: ${stored.spec.isolation}, which cannot be changed to ${spec.isolation} in place.`,
    help: 'Order a second tenant at the new level and move data and clients: docs/guides/move-a-tenant.md.',
    fields: [{ path: 'spec.isolation', message: `Must stay ${stored.spec.isolation}.` }],
  })
}

function refuseTooLarge(document: Tenant, platform: PlatformProfile): void {
  const plan = dedicatedPlanFor(document, platform)
  if (plan.kind === 'fits') return
  throw new KaasError('workload-too-large', {
    message: `No cluster can hold this workload: ${plan.binding} binds.`,
    help: plan.largest === undefined ? 'Order less.' : `Order at most ${renderWorkload(plan.largest)}.`,
  })
}

/** Against what was ordered, and against what runs when that is known. */
function refuseVersion(document: Tenant, stored: Stored, platform: PlatformProfile): void {
  const wanted = wantedVersions(document, platform)
  if (stored === undefined) return
  const ordered = wantedVersions(documentOf(stored), platform)
  versionsFor(wanted, { kafkaVersion: ordered.version, settled: true })
  const running = stored.status?.observed.kafkaVersion
  if (typeof running === 'string') versionsFor(wanted, { kafkaVersion: running, settled: true })
}

function refuseChange(document: Tenant, stored: StoredResource<'Tenant'>, platform: PlatformProfile): void {
  const [before, after] = [dedicatedPlanFor(documentOf(stored), platform), dedicatedPlanFor(document, platform)]
  if (before.kind === 'fits' && after.kind === 'fits' && before.zones !== after.zones) {
    throw new KaasError('field-immutable', {
      message: `The tenant "${stored.name}" lies in ${before.zones} zones; its volumes are bound to them.`,
      help: `Leave spec.zones at ${before.zones}, or order a second tenant and move the data.`,
      fields: [{ path: 'spec.zones', message: `Must stay ${before.zones}.` }],
    })
  }
  const [refusal] = changeOfPlan(before, planOfOrder(before, after)).refusals
  if (refusal === undefined) return
  const { code, message, help } = refusal
  throw new KaasError(code satisfies ErrorCode, { message, help, fields: [{ path: 'spec.workload', message }] })
}
