// SPDX-License-Identifier: Apache-2.0
/**
 * From a recognised caller to what she is granted now. Each request asks the database for the version of the rights, and all
 * bindings are read anew when it moved: a right that was taken is gone with the next request, at every control plane.
 */
import { type Grant, grantOf, grantsOf, limitedTo, type RoleDefinition } from '@kaas/domain'
import type { Store, VersionedRights } from '@kaas/store'
import type { Principal, TokenPrincipal } from '../routes/principal.ts'

/** A caller with her grants, as of the moment of her request. */
export interface Caller {
  readonly principal: Principal
  readonly grants: readonly Grant[]
}

/** What decisions need of the store. */
export interface Rights {
  readonly store: Store
  callerOf(principal: Principal): Promise<Caller>
  /** The caller, and the owner of the tenant; no team when there is no such tenant. */
  callerIn(principal: Principal, tenant: string | undefined): Promise<{ readonly caller: Caller; readonly team?: string }>
}

/** What the bootstrap administrator is granted. */
export const BOOTSTRAP_GRANT: Grant = grantOf('platform-admin', 'bootstrap', 'platform', [])

/** Rights over this store. Holds the bindings of the newest version that was asked for. */
export function openRights(store: Store): Rights {
  let kept: { readonly version: number; readonly rights: Promise<VersionedRights> } | undefined
  const at = async (version: number): Promise<VersionedRights> => {
    if (kept?.version !== version) {
      const loading = { version, rights: store.loadRights() }
      kept = loading
      loading.rights.catch(() => {
        if (kept === loading) kept = undefined
      })
    }
    return await kept.rights
  }
  const callerIn: Rights['callerIn'] = async (principal, tenant) => {
    const { version, team } = await store.loadRightsPlace(tenant)
    const grants = await grantsAt(store, await at(version), principal)
    return { caller: { principal, grants }, ...(team === undefined ? {} : { team }) }
  }
  return { store, callerIn, callerOf: async (principal) => (await callerIn(principal, undefined)).caller }
}

async function grantsAt(store: Store, stored: VersionedRights, principal: Principal): Promise<readonly Grant[]> {
  const { kind, name, groups, token, provider } = principal
  switch (kind) {
    case 'bootstrap':
      return [BOOTSTRAP_GRANT]
    case 'gateway':
    case 'api-server':
      return []
    case 'person':
      return grantsOf({ name, groups }, stored)
    case 'token': {
      if (token === undefined) return []
      const limit = limitOf(token, stored.roles)
      if (token.kind === 'machine') return [limit, ...grantsOf({ groups: [], tokenId: token.id }, stored)]
      const owned = provider === 'bootstrap' ? [BOOTSTRAP_GRANT] : grantsOf({ name, groups }, stored)
      return limitedTo(owned, limit, await ownersOf(store, [limit, ...owned]))
    }
    default:
      return kind satisfies never
  }
}

function limitOf({ id, limit }: TokenPrincipal, roles: readonly RoleDefinition[]): Grant {
  return grantOf(limit.role, `token:${id}`, limit.scope, roles)
}

/** Only grants of single tenants need their owners, to see whether they lie in a team. */
async function ownersOf(store: Store, grants: readonly Grant[]): Promise<(tenant: string) => string | undefined> {
  const tenants = grants.flatMap(({ scope }) => (scope !== 'platform' && 'tenant' in scope ? [scope.tenant] : []))
  const owners = new Map<string, string | undefined>()
  for (const tenant of new Set(tenants)) owners.set(tenant, (await store.loadRightsPlace(tenant)).team)
  return (tenant) => owners.get(tenant)
}
