// SPDX-License-Identifier: Apache-2.0
/**
 * What is bound to a team or tenant goes with it: bindings, and tokens of machines. Else they would hold in another one that later
 * gets the same name.
 */
import type { RightScope } from '@kaas/domain'
import type { ResourceKey, StoreSession } from '@kaas/store'
import { type Actor, auditOf } from './actor.ts'
import { subjectOf } from './resource-paths.ts'

/** The most bindings of one team or tenant. */
const MOST = 1000

/** How many went, by what the answer of a deletion calls them. */
export async function endBound(
  session: StoreSession,
  { kind, name }: ResourceKey,
  actor: Actor,
): Promise<Readonly<Record<string, number>>> {
  const place = kind === 'Team' ? 'team' : kind === 'Tenant' ? 'tenant' : undefined
  if (place === undefined) return {}
  const rolebindings = await endBindings(session, `spec.scope.${place}=${name}`, actor)
  const tokens = await endTokens(session, place === 'team' ? { team: name } : { tenant: name }, actor)
  return { ...(rolebindings === 0 ? {} : { rolebindings }), ...(tokens === 0 ? {} : { tokens }) }
}

async function endBindings(session: StoreSession, filter: string, actor: Actor): Promise<number> {
  const { items } = await session.listResources({ kind: 'RoleBinding', limit: MOST, filter: `${filter},deleting=false` })
  for (const { name } of items) {
    const key = { kind: 'RoleBinding', name } as const
    await session.markDeleted(key, { audit: auditOf(actor, 'delete', subjectOf(key)) })
  }
  return items.length
}

async function endTokens(session: StoreSession, scope: RightScope, actor: Actor): Promise<number> {
  const tokens = await session.listTokens({ kind: 'machine' })
  const ending = tokens.filter((token) => JSON.stringify(token.scope) === JSON.stringify(scope))
  for (const { id, name, kind, owner, role } of ending) {
    await session.endToken(id)
    await session.saveAudit({
      ...auditOf(actor, 'end-token', `/v1/tokens/${id}`),
      before: { name, kind, owner, role, scope },
    })
  }
  return ending.length
}
