// SPDX-License-Identifier: Apache-2.0
/** What is known of a tenant: its limits, its place or the places it could have, and what carries its prefix. */
import { type PlanLimits, parseWorkload, prefixOf, type SharedPlan } from '@kaas/domain'
import { profileFor, rankShared, virtualLimitsFor } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { claimFileOf, parseClaim } from '../../code/claim-file.ts'
import type { PrefixedNames } from '../../kafka/cluster-survey.ts'
import { describeNames } from '../../kafka/cluster-survey.ts'
import { type Claim, claimOf } from '../../tenants/claim.ts'
import type { RunContext } from '../run-context.ts'

/** A tenant as one run sees it. */
export type TenantObservation = {
  readonly tenant: StoredResource<'Tenant'>
  readonly limits: PlanLimits
} & (
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | {
      readonly kind: 'unclaimed'
      /** Places, the best first; only the wished one when a cluster is wished. */
      readonly plans: readonly SharedPlan[]
      /** What carries the prefix on the best place; undefined when there is no place, or names may be adopted. */
      readonly names: PrefixedNames | undefined
    }
  | {
      readonly kind: 'deleting'
      readonly claim: Claim | undefined
      readonly users: number
      readonly topics: number
      readonly shares: number
      /** What still carries the prefix; undefined while users are left and when there is no claim. */
      readonly names: PrefixedNames | undefined
    }
)

/** A reading of the cluster this old will do to find a prefix free: tenants' own names appear only after their claim. */
const READING_AGE_MS = 2000

/** Looks at store and Kafka. Throws `kafka-unavailable` and the like when the tenant's cluster is away. */
export async function observeTenant(context: RunContext, tenant: StoredResource<'Tenant'>): Promise<TenantObservation> {
  const limits = virtualLimitsFor(parseWorkload(tenant.spec.workload))
  const claim = claimOf(tenant)
  if (tenant.deletionRequestedAt !== undefined) return { tenant, limits, ...(await observeRemoval(context, tenant, claim)) }
  if (claim === undefined) return { tenant, limits, ...(await observePlaces(context, tenant)) }
  const { admin } = await context.cluster(claim.cluster)
  await admin.describeCluster()
  return { tenant, limits, kind: 'claimed', claim }
}

async function observePlaces(context: RunContext, tenant: StoredResource<'Tenant'>) {
  const { environment, workload, adopt } = tenant.spec
  const kept = await keptClaim(context, tenant.name)
  const wished = kept?.cluster ?? tenant.spec.cluster
  const candidates = await context.placements.candidates(tenant.name)
  const allowed = candidates.filter(({ name }) => wished === undefined || name === wished)
  const plans = rankShared(parseWorkload(workload), allowed, profileFor(environment))
  const best = plans[0]
  if (best === undefined || best.kind === 'refused' || adopt || kept !== undefined)
    return { kind: 'unclaimed', plans, names: undefined } as const
  return { kind: 'unclaimed', plans, names: await namesOn(context, best.cluster, tenant.name) } as const
}

/** The claim that an earlier control plane wrote to Git: an empty database takes over what is the tenant's already. */
async function keptClaim({ code }: RunContext, tenant: string): Promise<Claim | undefined> {
  return code === undefined ? undefined : parseClaim(await code.repository.read(claimFileOf(tenant)))
}

/** Names found are looked up once more: a tenant deleted a moment ago may still be in the reading. */
async function namesOn(context: RunContext, cluster: string, tenant: string): Promise<PrefixedNames> {
  const { survey } = await context.cluster(cluster)
  const names = await survey.namesWith(prefixOf(tenant), READING_AGE_MS)
  return describeNames(names).count === 0 ? names : survey.namesWith(prefixOf(tenant), 0)
}

async function observeRemoval(context: RunContext, tenant: StoredResource<'Tenant'>, claim: Claim | undefined) {
  const [users, topics, shares] = await Promise.all([
    context.store.countOfTenant('User', tenant.name),
    context.store.countOfTenant('Topic', tenant.name),
    context.store.countOfTenant('TopicShare', tenant.name),
  ])
  const counts = { kind: 'deleting', claim, users: users.count, topics: topics.count, shares: shares.count } as const
  if (claim === undefined || users.count > 0) return { ...counts, names: undefined }
  const { survey } = await context.cluster(claim.cluster)
  return { ...counts, names: await survey.namesWith(prefixOf(tenant.name), 0) }
}
