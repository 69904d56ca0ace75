// SPDX-License-Identifier: Apache-2.0
/**
 * Rights that depend on a document: whose a tenant is and was, where a binding holds, what a role gives on. Asked in the transaction
 * that writes, about what is stored at that moment, so that nobody slips through between a look and a write.
 */
import {
  decide,
  decidingGrant,
  firstMissing,
  type Grant,
  grantOf,
  knowsTenant,
  type Question,
  type Resource,
  type ResourceOf,
  type RightScope,
  type Verb,
} from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { missingReference } from '../services/resource-paths.ts'
import { notAllowed, notYoursToGive } from './refusals.ts'
import type { Caller } from './rights.ts'

/** What is about to be written: `stored` is absent for what is new, `document` for a deletion. */
export interface Change {
  readonly stored: StoredResource | undefined
  readonly document?: Resource
}

/** The grant that allows it. Throws `not-allowed`, `resource-absent` and `resource-exists`. */
export type Permit = (session: StoreSession, change: Change) => Promise<Grant | undefined>

/** The permit of a caller; undefined for who may everything. */
export function permitOf(caller: Caller): Permit | undefined {
  if (caller.principal.kind === 'bootstrap') return undefined
  return async (session, { stored, document }) => {
    if (document === undefined) return stored && (await checkDeletion(caller, session, stored))
    switch (document.kind) {
      case 'Tenant':
        return await checkTenant(caller, session, document, stored as StoredResource<'Tenant'> | undefined)
      case 'Team':
        return checkTeam(caller, document, stored as StoredResource<'Team'> | undefined)
      case 'RoleBinding':
        return await checkBinding(caller, session, document, stored as StoredResource<'RoleBinding'> | undefined)
      case 'Role':
        refuseEscalation(caller, { rules: document.spec.rules, scope: 'platform' }, () => undefined)
        return demand(caller, { verb: 'write', kind: 'Role' })
      case 'Topic':
      case 'User':
      case 'TopicShare':
        return demand(caller, await inTenant(session, 'write', document.kind, document.metadata.tenant))
      case 'KafkaCluster':
      case 'Policy':
        return demand(caller, { verb: 'write', kind: document.kind })
      default:
        return document satisfies never
    }
  }
}

/** Throws unless the caller may plan a change of the stored tenant: a plan tells what it has now. */
export function planPermit(caller: Caller): (stored: StoredResource<'Tenant'> | undefined) => void {
  return (stored) => {
    if (stored === undefined) return
    const { name, spec } = stored
    if (!knowsTenant(caller.grants, name, spec.team)) throw taken('tenant', name)
    demand(caller, { verb: 'read', kind: 'Plan', tenant: name, team: spec.team })
  }
}

async function checkDeletion(caller: Caller, session: StoreSession, stored: StoredResource): Promise<Grant> {
  const { kind, name } = stored
  if (kind === 'Tenant') return demand(caller, { verb: 'delete', kind, tenant: name, team: stored.spec.team })
  if (kind === 'Team') return demand(caller, { verb: 'delete', kind, team: name })
  if (kind === 'RoleBinding') return demand(caller, await inScope(session, 'delete', kind, stored.spec.scope))
  if (stored.tenant !== undefined) return demand(caller, await inTenant(session, 'delete', kind, stored.tenant))
  return demand(caller, { verb: 'delete', kind })
}

/** A tenant that goes to another team is lost to the one it had: that takes the right to delete it there. */
async function checkTenant(
  caller: Caller,
  session: StoreSession,
  { metadata: { name }, spec }: ResourceOf<'Tenant'>,
  stored: StoredResource<'Tenant'> | undefined,
): Promise<Grant> {
  const kind = 'Tenant'
  const before = stored?.spec.team
  const known = before !== undefined && knowsTenant(caller.grants, name, before)
  const writing = known ? demand(caller, { verb: 'write', kind, tenant: name, team: before }) : undefined
  if (writing !== undefined && before === spec.team) return writing
  if (known) demand(caller, { verb: 'delete', kind, tenant: name, team: before })
  const into = { verb: 'write', kind, team: spec.team } as const
  const ordering = decidingGrant(caller.grants, into)
  if (ordering === undefined) {
    const team = await session.loadResource({ kind: 'Team', name: spec.team })
    const visible = team !== undefined && may(caller, { verb: 'read', kind: 'Team', team: spec.team })
    throw visible ? refusal(caller, into) : missingReference('spec.team', 'Team', spec.team)
  }
  if (stored !== undefined && !known) throw taken('tenant', name)
  return ordering
}

/** Who joins a team gets what members of it have. */
function checkTeam(
  caller: Caller,
  { metadata, spec }: ResourceOf<'Team'>,
  stored: StoredResource<'Team'> | undefined,
): Grant {
  const { name } = metadata
  const deciding = demand(caller, { verb: 'write', kind: 'Team', ...(stored === undefined ? {} : { team: name }) })
  const joins =
    spec.members.some((member) => stored?.spec.members.includes(member) !== true) ||
    spec.externalGroups.some((group) => stored?.spec.externalGroups.includes(group) !== true)
  if (joins) refuseEscalation(caller, grantOf('team-member', '', { team: name }, []), () => undefined)
  return deciding
}

async function checkBinding(
  caller: Caller,
  session: StoreSession,
  { metadata: { name }, spec }: ResourceOf<'RoleBinding'>,
  stored: StoredResource<'RoleBinding'> | undefined,
): Promise<Grant> {
  const kind = 'RoleBinding'
  const before = stored && (await inScope(session, 'write', kind, stored.spec.scope))
  const known = before !== undefined && may(caller, { ...before, verb: 'read' })
  if (known) demand(caller, before)
  const into = await inScope(session, 'write', kind, spec.scope)
  const deciding = decidingGrant(caller.grants, into)
  if (deciding === undefined) throw hiddenScope(caller, into, spec.scope) ?? refusal(caller, into)
  if (stored !== undefined && !known) throw taken('rolebinding', name)
  const role = await session.loadResource({ kind: 'Role', name: spec.role })
  const grant = grantOf(spec.role, name, spec.scope, role === undefined ? [] : [{ name: role.name, ...role.spec }])
  refuseEscalation(caller, grant, () => into.team)
  return deciding
}

/** A team or tenant that she may not see is missing for her, as one that never was. */
function hiddenScope(caller: Caller, question: Question, scope: RightScope): KaasError | undefined {
  if (scope === 'platform') return undefined
  if ('team' in scope) {
    return may(caller, { verb: 'read', kind: 'Team', team: scope.team })
      ? undefined
      : missingReference('spec.scope.team', 'Team', scope.team)
  }
  const known = question.team !== undefined && knowsTenant(caller.grants, scope.tenant, question.team)
  return known ? undefined : missingReference('spec.scope.tenant', 'Tenant', scope.tenant)
}

function refuseEscalation(
  caller: Caller,
  wanted: Pick<Grant, 'rules' | 'scope'>,
  teamOf: (tenant: string) => string | undefined,
): void {
  const missing = firstMissing(caller.grants, wanted, teamOf)
  if (missing !== undefined) throw notYoursToGive(missing, wanted.scope)
}

async function inScope(session: StoreSession, verb: Verb, kind: 'RoleBinding', scope: RightScope): Promise<Question> {
  if (scope === 'platform') return { verb, kind }
  return 'team' in scope ? { verb, kind, team: scope.team } : await inTenant(session, verb, kind, scope.tenant)
}

async function inTenant(session: StoreSession, verb: Verb, kind: string, tenant = ''): Promise<Question> {
  return { verb, kind, tenant, team: (await session.loadRightsPlace(tenant)).team }
}

function may({ grants }: Caller, question: Question): boolean {
  return decidingGrant(grants, question) !== undefined
}

function demand(caller: Caller, question: Question): Grant {
  const deciding = decidingGrant(caller.grants, question)
  if (deciding === undefined) throw refusal(caller, question)
  return deciding
}

function refusal({ grants }: Caller, question: Question): KaasError {
  return notAllowed(decide(grants, question), question)
}

/**
 * Names of tenants are the first part of every physical name and names of bindings are one list, so a name that is taken cannot be
 * given twice. That it is taken is all that is told: not by whom, since when, or whether it is going.
 */
function taken(what: string, name: string): KaasError {
  return new KaasError('resource-exists', {
    message: `The name "${name}" is taken by another ${what}.`,
    help: 'Choose another name, for example with the name of your team in it.',
  })
}
