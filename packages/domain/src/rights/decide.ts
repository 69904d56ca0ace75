// SPDX-License-Identifier: Apache-2.0
/**
 * May she? Yes when one grant says so. There are no rules that forbid, so more grants never allow less, and the answer does not
 * depend on their order; only which of several is named as the deciding one does.
 */
import type { Grant, RightScope, Verb } from './right.ts'
import { isReadAnywhere } from './right-kinds.ts'

/**
 * A verb on a kind, in a place. For what is in a tenant both are given, the tenant and the team that owns it; for what is of a
 * team, the team; neither, for the platform.
 */
export interface Question {
  readonly verb: Verb
  readonly kind: string
  readonly tenant?: string | undefined
  readonly team?: string | undefined
}

/** One grant that was looked at. `why` is a sentence without a full stop. */
export interface Considered {
  readonly grant: Grant
  readonly fits: boolean
  readonly why: string
}

/** The answer, with the grant that gave it and all that was looked at. */
export interface Decision {
  readonly allowed: boolean
  readonly deciding?: Grant
  readonly considered: readonly Considered[]
}

/** The decision with its reasons. */
export function decide(grants: readonly Grant[], question: Question): Decision {
  const considered = grants.map((grant) => consider(grant, question))
  const deciding = considered.find(({ fits }) => fits)?.grant
  return deciding === undefined ? { allowed: false, considered } : { allowed: true, deciding, considered }
}

/** The grant that allows it; undefined when none does. */
export function decidingGrant(grants: readonly Grant[], question: Question): Grant | undefined {
  return grants.find((grant) => isInScope(grant.scope, question) && givesRight(grant, question))
}

/** Whether the grant's rules name this verb on this kind, wherever it holds. */
export function givesRight({ rules }: Grant, { verb, kind }: Pick<Question, 'verb' | 'kind'>): boolean {
  return rules.some(({ verbs, kinds }) => verbs.includes(verb) && (kinds.includes('*') || kinds.includes(kind)))
}

/** `the platform`, `the team "pay"`, `the tenant "orders"`. */
export function renderScope(scope: RightScope): string {
  if (scope === 'platform') return 'the platform'
  return 'team' in scope ? `the team "${scope.team}"` : `the tenant "${scope.tenant}"`
}

function consider(grant: Grant, question: Question): Considered {
  const { verb, kind } = question
  const inScope = isInScope(grant.scope, question)
  const gives = givesRight(grant, question)
  const where = renderScope(grant.scope)
  if (inScope && gives) return { grant, fits: true, why: `gives ${verb} on ${kind} in ${where}` }
  if (gives) return { grant, fits: false, why: `gives ${verb} on ${kind}, but only in ${where}` }
  return { grant, fits: false, why: `holds in ${where}, but gives no ${verb} on ${kind}` }
}

function isInScope(scope: RightScope, { verb, kind, tenant, team }: Question): boolean {
  if (scope === 'platform') return true
  if (tenant === undefined && team === undefined) return isReadAnywhere(verb, kind)
  return 'team' in scope ? scope.team === team : scope.tenant === tenant
}
