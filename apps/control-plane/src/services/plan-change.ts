// SPDX-License-Identifier: Apache-2.0
/** What a document would change of a tenant: its plan, and what differs from what was ordered before. Changes nothing. */
import { type PlanChange, type PlanDifference, parseDocument, parseWorkload, type ResourceOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { PlanChangeAnswer } from '@kaas/http-contract'
import {
  changeOfPlan,
  dedicatedPlanFor,
  planOfOrder,
  profileFor,
  rankShared,
  type VirtualLimits,
  virtualLimitsFor,
} from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { platformOf } from '../code/platform-of.ts'
import { documentOf } from '../code/tenant-documents.ts'
import type { Violation } from '../policies/find-violations.ts'
import { claimOf } from '../tenants/claim.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { notConfigured, refuseOtherLevel } from './rules/check-dedicated.ts'
import { refusalOf, violationsOf } from './rules/check-policies.ts'
import type { ServiceParts } from './service-parts.ts'

/** `value` is a whole Tenant document; `mayPlan` throws for a tenant that is not the caller's. Throws what parseDocument, planning and Git throw. */
export async function planChange(
  parts: ServiceParts,
  value: unknown,
  mayPlan: (stored: StoredResource<'Tenant'> | undefined) => void = () => {},
): Promise<PlanChangeAnswer> {
  const document = parseDocument(value)
  if (document.kind !== 'Tenant') {
    throw new KaasError('document-invalid', {
      message: `The document is a ${document.kind}; only a Tenant has a plan.`,
      help: 'Send the document of a tenant.',
    })
  }
  const stored = await parts.store.loadResource({ kind: 'Tenant', name: document.metadata.name })
  mayPlan(stored)
  refuseOtherLevel(document, stored)
  const policies = await violationsOf(parts.store, document, stored)
  const planned = isDedicated(document)
    ? await planDedicated(parts, document, stored)
    : await planShared(parts, document, stored)
  return { ...planned, change: withPolicies(planned.change, document.metadata.name, policies) }
}

/** Refusals of policies are refusals of the plan. */
function withPolicies(change: PlanChange, name: string, policies: readonly Violation[]): PlanChange {
  const refusals = policies.filter(({ severity }) => severity === 'refuse')
  const warnings = policies.filter(({ severity }) => severity === 'warn')
  const { message, help = '' } = refusalOf({ kind: 'Tenant', name }, refusals)
  const refusal = { code: 'policy-refused', message, help } as const
  return {
    ...change,
    ...(refusals.length === 0 ? {} : { kind: 'refused', refusals: [...change.refusals, refusal] }),
    warnings: [...change.warnings, ...warnings.map((each) => `${each.message} (policy ${each.policy})`)],
  }
}

async function planDedicated(
  parts: ServiceParts,
  document: ResourceOf<'Tenant'>,
  stored: StoredResource<'Tenant'> | undefined,
): Promise<PlanChangeAnswer> {
  const platform = await platformOf((parts.code ?? notConfigured()).repository)
  const before = stored === undefined ? undefined : dedicatedPlanFor(documentOf(stored), platform)
  const plan = planOfOrder(before, dedicatedPlanFor(document, platform))
  return { plan, change: changeOfPlan(before, plan) }
}

/** On a shared cluster only limits change, and nothing restarts. */
async function planShared(
  { placements }: ServiceParts,
  { metadata, spec }: ResourceOf<'Tenant'>,
  stored: StoredResource<'Tenant'> | undefined,
): Promise<PlanChangeAnswer> {
  const home = (stored === undefined ? undefined : claimOf(stored)?.cluster) ?? spec.cluster
  const candidates = await placements.candidates(metadata.name)
  const allowed = candidates.filter(({ name }) => home === undefined || name === home)
  const [shared] = rankShared(parseWorkload(spec.workload), allowed, profileFor(spec.environment))
  const before = stored === undefined ? undefined : virtualLimitsFor(parseWorkload(stored.spec.workload))
  const differences = differencesOf(before, virtualLimitsFor(parseWorkload(spec.workload)))
  const refused = shared?.kind === 'refused'
  const kind = refused ? 'refused' : stored === undefined ? 'create' : differences.length === 0 ? 'same' : 'change'
  const message = `The cluster "${shared?.cluster}" cannot hold this workload; ${shared?.binding} binds.`
  const change: PlanChange = {
    kind,
    differences,
    rolls: 'nothing',
    restarts: 0,
    steps: [],
    seconds: 0,
    refusals: refused
      ? [{ code: 'workload-too-large', message, help: 'Order less, or ask the operator for more room.' }]
      : [],
    warnings: [],
  }
  return { ...(shared === undefined ? {} : { shared }), change }
}

const FIELDS = [
  ['produce', 'bytesPerSecond', 'produceBytesPerSecond'],
  ['consume', 'bytesPerSecond', 'consumeBytesPerSecond'],
  ['retention', 'milliseconds', 'retentionMs'],
  ['partitions', 'count', 'partitions'],
  ['connections', 'count', 'connections'],
  ['requests a second', 'count', 'requestsPerSecond'],
  ['new connections a second', 'count', 'connectionsPerSecond'],
  ['users', 'count', 'users'],
] as const

function differencesOf(before: VirtualLimits | undefined, after: VirtualLimits): PlanDifference[] {
  return FIELDS.filter(([, , key]) => before?.[key] !== after[key]).map(([field, unit, key]) => ({
    field,
    unit,
    ...(before === undefined ? {} : { before: before[key] }),
    after: after[key],
  }))
}
