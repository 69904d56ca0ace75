// SPDX-License-Identifier: Apache-2.0
/**
 * Who reads which policies: whoever reads the whole platform all of them, people of a team those that its documents can meet. A
 * policy of the platform may name teams; who reads it for her own does not learn of the others.
 */
import { type Grant, givesRight, policyReaches, type Within, withinOf } from '@kaas/domain'
import type { Store, StoredResource } from '@kaas/store'

const READ = { verb: 'read', kind: 'Policy' } as const

/** A team, or a tenant with the team that owns it. */
export interface TeamPlace {
  readonly tenant?: string
  readonly team: string
}

/** Where these grants let policies be read, apart from the whole platform. */
export async function policyPlaces(store: Store, grants: readonly Grant[]): Promise<readonly TeamPlace[]> {
  const places: TeamPlace[] = []
  for (const { scope } of grants.filter((grant) => givesRight(grant, READ))) {
    if (scope === 'platform') continue
    const team = 'team' in scope ? scope.team : (await store.loadRightsPlace(scope.tenant)).team
    if (team !== undefined) places.push({ ...scope, team })
  }
  return places
}

/** The first of the places that the policy can mean; undefined for none. */
export function placeOfPolicy({ spec }: StoredResource<'Policy'>, places: readonly TeamPlace[]): TeamPlace | undefined {
  return places.find(({ team }) => policyReaches(spec, team))
}

/** The teams whose policies these grants let be listed; undefined for all policies. */
export async function withinPolicies(store: Store, grants: readonly Grant[]): Promise<Within | undefined> {
  if (withinOf(grants, READ.verb, READ.kind) === undefined) return undefined
  const places = await policyPlaces(store, grants)
  return { teams: [...new Set(places.map(({ team }) => team))], tenants: [] }
}

/** The policy as it is shown there: without teams that are elsewhere. */
export function narrowPolicy(policy: StoredResource<'Policy'>, { teams: own }: Within): StoredResource<'Policy'> {
  const { appliesTo } = policy.spec
  const teams = appliesTo.teams.filter((team) => own.includes(team))
  return { ...policy, spec: { ...policy.spec, appliesTo: { ...appliesTo, teams } } }
}
