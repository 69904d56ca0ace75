// SPDX-License-Identifier: Apache-2.0
/** Why somebody may or may not: the same decision as at the edge, with everything that was looked at. */
import { decide, decidingGrant, type Grant, knowsTenant, type Question, RIGHT_KINDS, renderDecision } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ExplainRequest, Explanation } from '@kaas/http-contract'
import type { PersonRecord } from '@kaas/store'
import { absentError } from '../services/resource-paths.ts'
import { answerOf } from './grants-for.ts'
import { hide, notAllowed } from './refusals.ts'
import type { Caller, Rights } from './rights.ts'

/** Throws `not-allowed` for a question about others without read on Rights there, and `resource-absent` for places not hers. */
export async function explain(rights: Rights, asker: Caller, request: ExplainRequest): Promise<Explanation> {
  const { person: name = asker.principal.name, verb, kind } = request
  if (!RIGHT_KINDS.some((each) => each === kind)) throw unknownKind(kind)
  const place = await placeOf(rights, asker, request)
  const isOwn = name === asker.principal.name
  if (!isOwn) refuseUnlessMayAsk(asker, place)
  const person = await rights.store.loadPerson(name)
  const caller = isOwn ? asker : await callerNamed(rights, name, person)
  const question = { verb, kind, ...place }
  const decision = decide(caller.grants, question)
  const open = isOwn || may(asker, { verb: 'read', kind: 'Rights' })
  const considered = decision.considered.filter(({ grant }) => open || isIn(grant, place))
  return {
    allowed: decision.allowed,
    because: renderDecision({ ...decision, considered }, question, isOwn ? 'You' : name),
    ...(decision.deciding === undefined ? {} : { deciding: answerOf(decision.deciding) }),
    considered: considered.map(({ grant, fits, why }) => ({ grant: answerOf(grant), fits, why })),
    ...(open ? arrivedWith(caller, person) : { groups: [], claims: {} }),
  }
}

/** Claims and groups tell of other teams as well, so only who may ask about everybody sees those of others. */
function arrivedWith({ principal }: Caller, person: PersonRecord | undefined) {
  const isHers = person !== undefined && (principal.provider === person.provider || principal.provider === '')
  if (!isHers) return { groups: [...principal.groups], claims: {} }
  return { groups: [...person.groups], claims: person.claims, lastSignInAt: person.lastSignInAt.toISOString() }
}

/** Somebody who never signed in has no groups, but bindings may know her name. */
async function callerNamed(rights: Rights, name: string, person: PersonRecord | undefined): Promise<Caller> {
  const groups = person?.groups ?? []
  return await rights.callerOf({ kind: 'person', name, groups, provider: person?.provider ?? '', rule: 'explanation' })
}

/** The tenant's team is the platform's knowledge, not the asker's word. */
async function placeOf(
  rights: Rights,
  asker: Caller,
  { tenant, team }: ExplainRequest,
): Promise<Pick<Question, 'tenant' | 'team'>> {
  if (tenant !== undefined) {
    const owner = (await rights.store.loadRightsPlace(tenant)).team
    const key = { kind: 'Tenant', name: tenant } as const
    if (owner === undefined) throw absentError(key)
    if (!knowsTenant(asker.grants, tenant, owner)) throw hide(key)
    return { tenant, team: owner }
  }
  if (team === undefined) return {}
  const key = { kind: 'Team', name: team } as const
  const stored = await rights.store.loadResource(key)
  if (stored === undefined) throw absentError(key)
  if (!may(asker, { verb: 'read', kind: 'Team', team })) throw hide(key)
  return { team }
}

function refuseUnlessMayAsk(asker: Caller, place: Pick<Question, 'tenant' | 'team'>): void {
  const question = { verb: 'read', kind: 'Rights', ...place } as const
  if (!may(asker, question)) throw notAllowed(decide(asker.grants, question), question)
}

function isIn({ scope }: Grant, { tenant, team }: Pick<Question, 'tenant' | 'team'>): boolean {
  if (scope === 'platform') return true
  return 'team' in scope ? scope.team === team : scope.tenant === tenant
}

function may({ grants }: Caller, question: Question): boolean {
  return decidingGrant(grants, question) !== undefined
}

function unknownKind(kind: string): KaasError {
  return new KaasError('usage-invalid', {
    message: `There is no kind "${kind.slice(0, 80)}" that rights know.`,
    help: `Use one of ${RIGHT_KINDS.join(', ')}.`,
  })
}
