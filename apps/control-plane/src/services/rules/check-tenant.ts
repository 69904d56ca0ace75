// SPDX-License-Identifier: Apache-2.0
/** Rules of tenants: what they refer to exists, a cluster can hold them, what they hold already fits the new limits. */
import { parseWorkload, type ResourceOf, refuseReservedTenant } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { limitsFor, profileFor, rankShared, refusalOf } from '@kaas/planner'
import type { ResourceKey, StoredResource, StoreSession } from '@kaas/store'
import { claimOf } from '../../tenants/claim.ts'
import { isDedicated } from '../../tenants/is-dedicated.ts'
import { missingReference } from '../resource-paths.ts'
import type { ServiceParts } from '../service-parts.ts'
import { checkDedicated, refuseOtherLevel } from './check-dedicated.ts'
import { refuseGatewayFields, refuseOwnFields } from './refuse-own-fields.ts'

/**
 * Throws `name-invalid` for a new tenant with a reserved name, `document-invalid` for what only an own Kafka or only a virtual tenant has, and
 * `workload-too-large`, naming the largest that fits, when no known cluster can hold the tenant. While no cluster is known the tenant
 * is taken and waits. The reconciler decides again when it places the tenant: this answers early. Tenants with Kafka of their own have
 * rules of their own (`checkDedicated`).
 */
export async function checkTenantPlace(
  parts: ServiceParts,
  document: ResourceOf<'Tenant'>,
  stored: StoredResource<'Tenant'> | undefined,
): Promise<void> {
  const { spec, metadata } = document
  // A tenant that is there already may be changed and deleted.
  if (stored === undefined) refuseReservedTenant(metadata.name)
  refuseOtherLevel(document, stored)
  if (isDedicated(document)) {
    refuseGatewayFields(document, stored)
    return await checkDedicated(parts, document, stored)
  }
  refuseOwnFields(document, stored)
  const workload = parseWorkload(spec.workload)
  const home = placeOf(stored) ?? spec.cluster
  const candidates = await parts.placements.candidates(metadata.name)
  const best = rankShared(
    workload,
    home === undefined ? candidates : candidates.filter(({ name }) => name === home),
    profileFor(spec.environment),
  )[0]
  if (best?.kind === 'refused') throw refusalOf(best)
}

/** Throws `resource-absent`, `field-immutable` or `limit-exceeded`. */
export async function checkTenant(
  session: StoreSession,
  { spec, metadata }: ResourceOf<'Tenant'>,
  stored: StoredResource<'Tenant'> | undefined,
): Promise<void> {
  await lockReferred(session, 'spec.team', { kind: 'Team', name: spec.team })
  const place = placeOf(stored)
  if (place !== undefined && spec.cluster !== undefined && spec.cluster !== place) {
    throw new KaasError('field-immutable', {
      message: `The tenant "${metadata.name}" lives on the cluster "${place}" and cannot be moved to "${spec.cluster}" by this version.`,
      help: `Leave spec.cluster out, or set it to ${place}.`,
      fields: [{ path: 'spec.cluster', message: `Must stay ${place}.` }],
    })
  }
  if (place === undefined && spec.cluster !== undefined) {
    await lockReferred(session, 'spec.cluster', { kind: 'KafkaCluster', name: spec.cluster })
  }
  if (stored !== undefined) await checkHoldings(session, metadata.name, spec)
}

/** What is referred to must be there to stay: who deletes it waits for this transaction, and finds the reference then. */
async function lockReferred(session: StoreSession, path: string, key: ResourceKey): Promise<void> {
  const referred = await session.lockResource(key)
  if (referred === undefined || referred.deletionRequestedAt !== undefined) throw missingReference(path, key.kind, key.name)
}

/** What the tenant holds must fit its new limits. */
async function checkHoldings(session: StoreSession, name: string, spec: ResourceOf<'Tenant'>['spec']): Promise<void> {
  const limits = limitsFor(parseWorkload(spec.workload))
  const { partitions } = await session.countOfTenant('Topic', name)
  const { count: users } = await session.countOfTenant('User', name)
  const over = [
    { what: 'partitions', has: partitions, limit: limits.partitions },
    { what: 'users', has: users, limit: limits.users },
  ].filter(({ has, limit }) => has > limit)
  if (over.length === 0) return
  const list = over.map(({ what, has, limit }) => `${has} ${what} (the new limit is ${limit})`).join(' and ')
  throw new KaasError('limit-exceeded', {
    message: `The tenant "${name}" holds ${list}.`,
    help: `Set ${over.map(({ what, has }) => `spec.workload.${what} to at least ${has}`).join(' and ')}, or delete some first.`,
    fields: over.map(({ what, has }) => ({ path: `spec.workload.${what}`, message: `Must be at least ${has}.` })),
  })
}

/** The cluster that the tenant lives on; undefined while it has no place. */
function placeOf(stored: StoredResource<'Tenant'> | undefined): string | undefined {
  return stored === undefined ? undefined : claimOf(stored)?.cluster
}
