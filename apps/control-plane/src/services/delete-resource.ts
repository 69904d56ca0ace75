// SPDX-License-Identifier: Apache-2.0
/** Asks for the deletion of a resource. The reconciler carries it out, children first, so that nothing is left behind. */
import { KIND_NAMES, RESOURCE_KINDS } from '@kaas/domain'
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { auditOf } from './actor.ts'
import { endBound } from './end-bound.ts'
import type { WriteRequest } from './put-resource.ts'
import { absentError, subjectOf } from './resource-paths.ts'
import { checkDeletion, checkUnnamed } from './rules/check-deletion.ts'
import { refuseLosingAdministrators } from './rules/last-administrator.ts'
import { refuseManagedInGit } from './rules/managed-in-git.ts'
import { runDry } from './run-dry.ts'
import type { ServiceParts } from './service-parts.ts'
import { wakeDependents } from './wake-dependents.ts'

/** A request with the name typed again. */
export interface DeleteRequest extends WriteRequest {
  readonly confirm?: string
}

/** How it ended. `alsoDeleted` counts what goes with a tenant, by the plural of its kind. */
export interface DeleteResult {
  readonly outcome: 'deleting' | 'unchanged'
  readonly resource: StoredResource
  readonly alsoDeleted: Readonly<Record<string, number>>
}

/** Throws `resource-absent`, `deletion-protected`, `resource-in-use`, `last-administrator` and `resource-changed`. */
export async function deleteResource(parts: ServiceParts, key: ResourceKey, request: DeleteRequest): Promise<DeleteResult> {
  const stored = await parts.store.loadResource(key)
  if (stored === undefined) throw absentError(key)
  await request.permit?.(parts.store, { stored })
  if (stored.deletionRequestedAt !== undefined) return { outcome: 'unchanged', resource: stored, alsoDeleted: {} }
  await refuseManagedInGit(parts.store, key, undefined, request.via)
  await checkDeletion(parts, stored, request.confirm)
  return await runDry(parts.store, request.dryRun, async (session) => {
    await checkUnnamed(session, key)
    await request.permit?.(session, { stored: await session.loadResource(key) })
    await checkBinding(session, parts, stored)
    const children = key.kind === 'Tenant' ? await childrenOf(session, key.name) : {}
    const alsoDeleted = { ...children, ...(await endBound(session, key, request.actor)) }
    const resource = await session.markDeleted(key, {
      audit: auditOf(request.actor, 'delete', subjectOf(key)),
      ...(request.expectedGeneration === undefined ? {} : { expectedGeneration: request.expectedGeneration }),
    })
    if (resource === undefined) throw absentError(key)
    await wakeDependents(session, resource)
    return { outcome: 'deleting', resource, alsoDeleted }
  })
}

async function checkBinding(session: StoreSession, parts: ServiceParts, { kind, name }: StoredResource): Promise<void> {
  const binding = kind === 'RoleBinding' ? await session.lockResource({ kind, name }) : undefined
  if (binding !== undefined) await refuseLosingAdministrators(session, parts, name, binding.spec, undefined)
}

async function childrenOf(session: StoreSession, tenant: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const kind of KIND_NAMES.filter((each) => RESOURCE_KINDS[each].scope === 'tenant')) {
    const { count } = await session.countOfTenant(kind, tenant)
    if (count > 0) counts[RESOURCE_KINDS[kind].plural] = count
  }
  return counts
}
