// SPDX-License-Identifier: Apache-2.0
/** Stores a document: creates, changes, or finds nothing to do. The first password of a user is made here. */
import type { Resource, ResourceKind, UserSpec } from '@kaas/domain'
import { physicalName } from '@kaas/domain'
import type { IssuedCredentials } from '@kaas/http-contract'
import {
  checkGeneration,
  type ResourceIntent,
  type ResourceKey,
  type SaveOutcome,
  type StoredResource,
  type StoreSession,
} from '@kaas/store'
import type { Violation } from '../policies/find-violations.ts'
import type { Permit } from '../rights/permit.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { type Actor, auditOf, decidedBy } from './actor.ts'
import { type Change, diffDocuments } from './diff-documents.ts'
import { keepsPassword } from './keeps-password.ts'
import { makePassword } from './make-password.ts'
import { subjectOf } from './resource-paths.ts'
import { rulesFor } from './rules/check-intent.ts'
import { checkPolicies } from './rules/check-policies.ts'
import { scramMechanismOf } from './rules/check-user.ts'
import { refuseManagedInGit } from './rules/managed-in-git.ts'
import { runDry } from './run-dry.ts'
import type { ServiceParts } from './service-parts.ts'
import { wakeDependents } from './wake-dependents.ts'

/** Conditions and author of a write. */
export interface WriteRequest {
  readonly actor: Actor
  /** Everything is checked and answered, nothing is kept. */
  readonly dryRun: boolean
  readonly expectedGeneration?: number
  /** The change was merged in Git: the only way for tenants that are managed there. */
  readonly via?: 'git'
  /** What the operator wrote into the configuration is not asked of policies: a policy must not keep the product from starting. */
  readonly fromConfiguration?: true
  /** What the caller may do to this document. Absent for who may everything, and for what acts by itself. */
  readonly permit?: Permit | undefined
}

/** How it ended. */
export interface PutResult {
  readonly outcome: SaveOutcome['outcome']
  readonly changes: readonly Change[]
  /** What policies say that only warn. */
  readonly warnings: readonly Violation[]
  readonly resource: StoredResource
  readonly credentials?: IssuedCredentials
}

/** `document` has passed `parseDocument`. Throws what its rules and the store throw. */
export async function putResource(parts: ServiceParts, document: Resource, request: WriteRequest): Promise<PutResult> {
  const key = keyOfDocument(document)
  const rules = rulesFor(document)
  const seen = await parts.store.loadResource(key)
  await request.permit?.(parts.store, { stored: seen, document })
  // Before any rule: who creates over what is there must not hear of the fields that differ.
  checkGeneration(key, seen, request.expectedGeneration)
  await refuseManagedInGit(parts.store, key, document, request.via)
  const warnings = request.fromConfiguration === true ? [] : await checkPolicies(parts.store, document, seen)
  await rules.before?.(parts, document, seen)
  // Deriving takes milliseconds; it must not hold the only connection of the embedded database.
  const keeps = await keepsPassword(parts, document)
  const password = seen === undefined && !keeps ? await firstPassword(parts.store, document) : undefined
  return await runDry(parts.store, request.dryRun, async (session) => {
    const stored = await lockFromAbove(session, key, document)
    const deciding = await request.permit?.(session, { stored, document })
    await rules.within?.(session, document, stored, parts)
    const saved = await session.saveResource(intentOf(document, key), {
      audit: auditOf(decidedBy(request.actor, deciding), 'put', subjectOf(key)),
      ...(request.expectedGeneration === undefined ? {} : { expectedGeneration: request.expectedGeneration }),
    })
    const { outcome, before, resource } = saved
    if (outcome !== 'unchanged') await wakeDependents(session, resource)
    const changes = outcome === 'unchanged' ? [] : diffDocuments(contentOf(before), contentOf(resource))
    const credentials = keeps ? undefined : await firstCredentials(session, saved, password)
    const shown = credentials === undefined || request.dryRun ? {} : { credentials }
    return { outcome, changes, warnings, resource, ...shown }
  })
}

/** Users of tenants with Kafka of their own get their password or certificate from Strimzi; some users have no password at all. */
async function firstPassword(store: StoreSession, document: Resource) {
  if (document.kind !== 'User') return undefined
  const tenant = await store.loadResource({ kind: 'Tenant', name: document.metadata.tenant ?? '' })
  return tenant !== undefined && isDedicated(tenant) ? undefined : await passwordFor(document.spec.authentication)
}

/** Locks the tenant before what is in it, as a deletion of the tenant does; the other order could end in a deadlock. */
async function lockFromAbove(
  session: StoreSession,
  key: ResourceKey,
  document: Resource,
): Promise<StoredResource | undefined> {
  const tenants = [key.tenant, ...(document.kind === 'TopicShare' ? [document.spec.with] : [])]
  // In one order, so that two tenants that share with each other at once do not wait for each other.
  for (const name of new Set(tenants.filter((each) => each !== undefined).sort())) {
    await session.lockResource({ kind: 'Tenant', name })
  }
  return await session.lockResource(key)
}

/** The key in a document's metadata. */
export function keyOfDocument({ kind, metadata: { name, tenant } }: Resource): ResourceKey {
  return tenant === undefined ? { kind, name } : { kind, tenant, name }
}

function intentOf(document: Resource, key: ResourceKey): ResourceIntent<ResourceKind> {
  const { spec, metadata } = document
  return { key, spec, labels: metadata.labels, annotations: metadata.annotations }
}

function contentOf(resource: StoredResource | undefined): unknown {
  if (resource === undefined) return undefined
  const { labels, annotations, spec } = resource
  return { metadata: { labels, annotations }, spec: JSON.parse(JSON.stringify(spec)) }
}

async function passwordFor(authentication: UserSpec['authentication']) {
  const mechanism = scramMechanismOf(authentication)
  return mechanism === undefined ? undefined : await makePassword(mechanism)
}

async function firstCredentials(
  session: StoreSession,
  { outcome, resource }: SaveOutcome,
  made: Awaited<ReturnType<typeof makePassword>> | undefined,
): Promise<IssuedCredentials | undefined> {
  if (resource.kind !== 'User' || outcome !== 'created') return undefined
  const tenant = await session.loadResource({ kind: 'Tenant', name: resource.tenant ?? '' })
  if (tenant !== undefined && isDedicated(tenant)) return undefined
  // Without one, the user was deleted between the look before and now.
  const issued = made ?? (await passwordFor(resource.spec.authentication))
  if (issued === undefined) return undefined
  const { password, credential } = issued
  const { id, mechanism } = await session.saveCredential(resource, credential)
  return { id, username: physicalName(resource.tenant ?? '', resource.name), password, mechanism }
}
