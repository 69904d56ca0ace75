// SPDX-License-Identifier: Apache-2.0
/** What the platform's policies say of a write: refusals all at once, warnings for the answer. */
import { POLICY_KINDS, type Resource, withProblems } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { canonical } from '../../code/canonical.ts'
import { findViolations, type NamedPolicy, type Violation } from '../../policies/find-violations.ts'
import type { PolicyDocument } from '../../policies/policy-subject.ts'

/** The most policies that are asked; more are refused when they are made. */
export const MOST_POLICIES = 500

/** Throws `policy-refused`. Returns the warnings. */
export async function checkPolicies(
  store: StoreSession,
  document: Resource,
  stored: StoredResource | undefined,
): Promise<readonly Violation[]> {
  const violations = await violationsOf(store, document, stored)
  const refusals = violations.filter(({ severity }) => severity === 'refuse')
  if (refusals.length > 0) throw refusalOf({ kind: document.kind, name: document.metadata.name }, refusals)
  return violations
}

/** All that policies say against it. A document that changes nothing is not asked about: it is there already. */
export async function violationsOf(
  store: StoreSession,
  document: Resource,
  stored: StoredResource | undefined,
): Promise<readonly Violation[]> {
  if (!POLICY_KINDS.some((kind) => kind === document.kind)) return []
  const before = stored === undefined ? undefined : policyDocumentOf(stored)
  if (before !== undefined && canonical(before) === canonical(policyDocumentIn(document))) return []
  const policies = await loadPolicies(store)
  if (policies.length === 0) return []
  const { tenant: name } = document.metadata
  const tenant = name === undefined ? undefined : await store.loadResource({ kind: 'Tenant', name })
  return findViolations(policies, {
    document: policyDocumentIn(document),
    before,
    tenant: tenant === undefined ? undefined : policyDocumentOf(tenant),
  })
}

/** The policies that hold now: those that are being deleted do no more. */
export async function loadPolicies(store: StoreSession): Promise<readonly NamedPolicy[]> {
  const { items } = await store.listResources({ kind: 'Policy', limit: MOST_POLICIES, filter: 'deleting=false' })
  return items
}

type Flat = Pick<StoredResource, 'kind' | 'name' | 'labels' | 'annotations'> & {
  readonly tenant?: string | undefined
  readonly spec: unknown
}

/** A stored resource as policies see it. */
export function policyDocumentOf({ kind, name, tenant, labels, annotations, spec }: Flat): PolicyDocument {
  return { kind, metadata: { name, ...(tenant === undefined ? {} : { tenant }), labels, annotations }, spec }
}

/** A document as policies see it. */
export function policyDocumentIn({ kind, metadata, spec }: Resource): PolicyDocument {
  return policyDocumentOf({ kind, spec, ...metadata })
}

/** `policy-refused` with all that is wrong at its fields. */
export function refusalOf({ kind, name }: Pick<ResourceKey, 'kind' | 'name'>, refusals: readonly Violation[]): KaasError {
  const names = [...new Set(refusals.map(({ policy }) => policy))]
  const fields = refusals.map(({ policy, message, field }) => ({
    path: field ?? 'spec',
    message: `${message} (policy ${policy})`,
  }))
  const which = names.length === 1 ? `The policy ${names[0]} does` : `The policies ${names.join(', ')} do`
  const toMend = [...new Set(refusals.filter((each) => each.broken).map(({ policy }) => policy))]
  const mend = `Ask an administrator to correct the policy ${toMend.join(' and ')}, for example by has(…) before a field that may be absent.`
  return new KaasError('policy-refused', {
    message: withProblems(`${which} not allow the ${kind} "${name}".`, fields),
    help:
      toMend.length > 0
        ? mend
        : `Change the fields that are named. To read what it demands: kaas describe policy ${names[0]}.`,
    fields,
  })
}
