// SPDX-License-Identifier: Apache-2.0
/** Tries a policy before it holds: against a document, and against everything that is stored. Changes nothing. */
import { type PolicyKind, parseDocument, type ResourceOf } from '@kaas/domain'
import type { PolicyFailure, PolicyTrial } from '@kaas/http-contract'
import type { StoredResource } from '@kaas/store'
import { findViolations } from '../policies/find-violations.ts'
import { isAbout, type PolicyDocument, type PolicySubject } from '../policies/policy-subject.ts'
import { keyOfDocument } from './put-resource.ts'
import { policyDocumentIn, policyDocumentOf } from './rules/check-policies.ts'
import { refuseUnreadable } from './rules/check-policy.ts'
import type { ServiceParts } from './service-parts.ts'

const BATCH = 500
const MOST_SHOWN = 200
/** The event loop is given back between two batches; a caller does not wait longer. */
const LONGEST_MS = 8_000

/** `document` is as it came. Throws `document-invalid` for a policy or a document that cannot be read. */
export async function tryPolicy(parts: ServiceParts, policy: ResourceOf<'Policy'>, document: unknown): Promise<PolicyTrial> {
  refuseUnreadable(policy)
  const tried = document === undefined ? {} : { document: await tryDocument(parts, policy, document) }
  return { ...tried, ...(await tryStored(parts, policy)) }
}

async function tryDocument(
  { store }: ServiceParts,
  policy: ResourceOf<'Policy'>,
  value: unknown,
): Promise<NonNullable<PolicyTrial['document']>> {
  const document = parseDocument(value)
  const stored = await store.loadResource(keyOfDocument(document))
  const subject = {
    document: policyDocumentIn(document),
    before: stored === undefined ? undefined : policyDocumentOf(stored),
    tenant: await tenantNamed(store, document.metadata.tenant),
  }
  return { about: isAbout(policy.spec, subject), findings: [...findingsOf(policy, subject)] }
}

function findingsOf({ metadata, spec }: ResourceOf<'Policy'>, subject: PolicySubject) {
  return findViolations([{ name: metadata.name, spec }], subject)
}

type Stored = Omit<PolicyTrial, 'document'>

async function tryStored(parts: ServiceParts, policy: ResourceOf<'Policy'>): Promise<Stored> {
  const until = Date.now() + LONGEST_MS
  const found = { failing: [] as PolicyFailure[], failed: 0, looked: 0 }
  const tenants = new Map<string, PolicyDocument | undefined>()
  for (const kind of new Set(policy.spec.appliesTo.kinds)) {
    for await (const resources of pagesOf(parts, kind)) {
      if (Date.now() > until) return { ...found, complete: false }
      for (const resource of resources) {
        const { tenant } = resource
        if (tenant !== undefined && !tenants.has(tenant)) tenants.set(tenant, await tenantNamed(parts.store, tenant))
        add(found, resource, findingsOf(policy, subjectOf(resource, tenants.get(tenant ?? ''))))
      }
    }
  }
  return { ...found, complete: true }
}

/** As if it were sent again now: a rule about changes compares it with itself. */
function subjectOf(resource: StoredResource, tenant: PolicyDocument | undefined): PolicySubject {
  const document = policyDocumentOf(resource)
  return { document, before: document, tenant }
}

function add(
  found: { failing: PolicyFailure[]; failed: number; looked: number },
  { kind, tenant, name }: StoredResource,
  findings: ReturnType<typeof findViolations>,
): void {
  found.looked += 1
  if (findings.length === 0) return
  found.failed += 1
  const shown = { kind, ...(tenant === undefined ? {} : { tenant }), name, findings: [...findings] }
  if (found.failing.length < MOST_SHOWN) found.failing.push(shown)
}

async function* pagesOf({ store }: ServiceParts, kind: PolicyKind): AsyncGenerator<readonly StoredResource[]> {
  let cursor: string | undefined
  do {
    const page = await store.listResources({ kind, limit: BATCH, ...(cursor === undefined ? {} : { cursor }) })
    yield page.items as readonly StoredResource[]
    cursor = page.next
  } while (cursor !== undefined)
}

async function tenantNamed(store: ServiceParts['store'], name: string | undefined): Promise<PolicyDocument | undefined> {
  if (name === undefined) return undefined
  const tenant = await store.loadResource({ kind: 'Tenant', name })
  return tenant === undefined ? undefined : policyDocumentOf(tenant)
}
