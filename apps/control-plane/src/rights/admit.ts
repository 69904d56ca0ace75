// SPDX-License-Identifier: Apache-2.0
/**
 * The decision at the edge: may this caller use this route with this path? What depends on a document that comes along is decided
 * later, on what is stored at that moment (`permit.ts`). Lists let everybody in and show what she may see.
 */
import { decide, decidingGrant, type Grant, knowsTenant, type Question, RESOURCE_KINDS } from '@kaas/domain'
import type { Right, Route } from '@kaas/http-contract'
import type { ResourceKey } from '@kaas/store'
import type { Principal } from '../routes/principal.ts'
import { absentError } from '../services/resource-paths.ts'
import { placeOfPolicy, policyPlaces } from './policy-readers.ts'
import { hide, notAllowed } from './refusals.ts'
import { BOOTSTRAP_GRANT, type Caller, type Rights } from './rights.ts'

/** Who may go on, and by which grant; none where anyone may, or where the service decides. */
export interface Admission {
  readonly caller: Caller
  readonly deciding?: Grant
}

type Params = Readonly<Record<string, string>>

/** Throws `not-allowed`, and `resource-absent` for what is not there for this caller. */
export async function admit(rights: Rights, route: Route, params: Params, principal: Principal): Promise<Admission> {
  if (principal.kind === 'bootstrap') return { caller: { principal, grants: [BOOTSTRAP_GRANT] } }
  const { access } = route
  if (access === 'anyone' || access === 'gateway' || access === 'api-server') return { caller: { principal, grants: [] } }
  const tenant = params.tenant ?? (route.kind === 'Tenant' ? params.name : undefined)
  if (tenant !== undefined) return await admitToTenant(rights, route, params, principal, tenant)
  const caller = await rights.callerOf(principal)
  if (route.right === undefined) return { caller }
  if (route.kind === undefined || params.name === undefined) return decided(caller, route.right)
  const key = { kind: route.kind, name: params.name }
  return admitToPlatform(caller, route.right, key, await placeOf(rights, caller, key))
}

async function admitToTenant(
  rights: Rights,
  route: Route,
  params: Params,
  principal: Principal,
  tenant: string,
): Promise<Admission> {
  const { caller, team } = await rights.callerIn(principal, tenant)
  const { right } = route
  if (team === undefined || !knowsTenant(caller.grants, tenant, team)) {
    // Who may make a tenant of this name, its document says.
    if (route.kind === 'Tenant' && right?.verb === 'write') return { caller }
    const everywhere = right === undefined ? undefined : decidingGrant(caller.grants, right)
    if (team === undefined && everywhere !== undefined) return { caller, deciding: everywhere }
    throw (team === undefined ? absentError : hide)({ kind: 'Tenant', name: tenant })
  }
  if (right === undefined) return { caller }
  return decidedInTenant(caller, right, { tenant, team }, keyIn(route, params))
}

/** In a tenant that she knows. What is told of a thing beside its document is refused openly: the tenant is no secret any more. */
function decidedInTenant(
  caller: Caller,
  right: Right,
  place: { readonly tenant: string; readonly team: string },
  key: ResourceKey | undefined,
): Admission {
  const readable =
    key === undefined || decidingGrant(caller.grants, { verb: 'read', kind: key.kind, ...place }) !== undefined
  if (!readable && right.verb !== 'write' && !isGranted(caller, { ...right, ...place })) throw hide(key)
  return decided(caller, { ...right, ...place })
}

/** Platform kinds. `place` is where a binding or a team holds; undefined when there is none of that name. */
function admitToPlatform(caller: Caller, right: Right, key: ResourceKey, place: Place | undefined): Admission {
  const isPermitted = key.kind === 'RoleBinding' && right.verb === 'write'
  const readable = place !== undefined && isGranted(caller, { verb: 'read', kind: key.kind, ...place })
  if (readable) return isPermitted ? { caller } : decided(caller, { ...right, ...place })
  // Whose binding a new one is, its document says.
  if (isPermitted) return { caller }
  const everywhere = decidingGrant(caller.grants, right)
  if (everywhere !== undefined) return { caller, deciding: everywhere }
  if (right.verb === 'write') return decided(caller, right)
  throw (place === undefined ? absentError : hide)(key)
}

/** A team and a tenant, or none for what is of the platform. */
interface Place {
  readonly tenant?: string
  readonly team?: string
}

/** The same reads for a name that is there and one that is not. */
async function placeOf({ store }: Rights, { grants }: Caller, key: ResourceKey): Promise<Place | undefined> {
  const stored = await store.loadResource(key)
  const scope = stored?.kind === 'RoleBinding' || stored?.kind === 'Policy' ? stored.spec.scope : 'platform'
  const tenant = scope !== 'platform' && 'tenant' in scope ? scope.tenant : undefined
  const { team } = await store.loadRightsPlace(tenant)
  const places = key.kind === 'Policy' ? await policyPlaces(store, grants) : []
  if (stored === undefined) return undefined
  const met = stored.kind === 'Policy' ? placeOfPolicy(stored, places) : undefined
  if (met !== undefined) return met
  if (key.kind === 'Team') return { team: key.name }
  if (tenant !== undefined) return team === undefined ? { tenant } : { tenant, team }
  return scope !== 'platform' && 'team' in scope ? scope : {}
}

function keyIn({ kind }: Route, { tenant, name = '' }: Params): ResourceKey | undefined {
  if (kind === undefined || RESOURCE_KINDS[kind].scope === 'platform') return undefined
  return tenant === undefined ? { kind, name } : { kind, tenant, name }
}

function decided(caller: Caller, question: Question): Admission {
  const decision = decide(caller.grants, question)
  if (decision.deciding === undefined) throw notAllowed(decision, question)
  return { caller, deciding: decision.deciding }
}

function isGranted(caller: Caller, question: Question): boolean {
  return decidingGrant(caller.grants, question) !== undefined
}
