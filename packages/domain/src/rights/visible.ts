// SPDX-License-Identifier: Apache-2.0
/** Which part of the platform grants open, for lists that the database filters. */
import { decidingGrant, givesRight } from './decide.ts'
import type { Grant, Verb } from './right.ts'
import { TENANT_KINDS } from './right-kinds.ts'

/** What lies in these teams, or in these tenants. Both empty: nothing. */
export interface Within {
  readonly teams: readonly string[]
  readonly tenants: readonly string[]
}

/** Where the grants give the right; undefined for everywhere. */
export function withinOf(grants: readonly Grant[], verb: Verb, kind: string): Within | undefined {
  if (decidingGrant(grants, { verb, kind }) !== undefined) return undefined
  return placesOf(grants.filter((grant) => givesRight(grant, { verb, kind })))
}

/** Whether the tenant is there for her: she may do something in it. `team` is its owner. */
export function knowsTenant(grants: readonly Grant[], tenant: string, team: string): boolean {
  const verbs = ['read', 'write', 'delete'] as const
  return TENANT_KINDS.some((kind) => verbs.some((verb) => decidingGrant(grants, { verb, kind, tenant, team }) !== undefined))
}

function placesOf(grants: readonly Grant[]): Within {
  const teams = new Set<string>()
  const tenants = new Set<string>()
  for (const { scope } of grants) {
    if (scope === 'platform') continue
    if ('team' in scope) teams.add(scope.team)
    else tenants.add(scope.tenant)
  }
  return { teams: [...teams], tenants: [...tenants] }
}
