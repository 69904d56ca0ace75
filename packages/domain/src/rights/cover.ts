// SPDX-License-Identifier: Apache-2.0
/** Nobody gives more than she has: what is missing to give a grant on, and what is left of grants below a limit. */
import { givesRight, type Question } from './decide.ts'
import type { Grant, RightRule, RightScope, Verb } from './right.ts'

/** The owner of a tenant; undefined for none. */
export type TeamOf = (tenant: string) => string | undefined

/** The first right of `wanted` that `grants` do not hold in all of its scope; undefined when they hold all. */
export function firstMissing(
  grants: readonly Grant[],
  wanted: Pick<Grant, 'rules' | 'scope'>,
  teamOf: TeamOf,
): Pick<Question, 'verb' | 'kind'> | undefined {
  const wide = grants.filter(({ scope }) => reaches(scope, wanted.scope, teamOf))
  for (const { verbs, kinds } of wanted.rules) {
    for (const verb of verbs) {
      // A star is held only by a star: kinds of later versions are part of it.
      const kind = kinds.find((each) => !wide.some((grant) => givesRight(grant, { verb, kind: each })))
      if (kind !== undefined) return { verb, kind }
    }
  }
  return undefined
}

/** What each grant gives within the limit; named by the limit. For tokens, which may at most what their owner may. */
export function limitedTo(grants: readonly Grant[], limit: Grant, teamOf: TeamOf): readonly Grant[] {
  return grants.flatMap((grant) => {
    const scope = narrower(grant.scope, limit.scope, teamOf)
    const rules = scope === undefined ? [] : commonRules(grant.rules, limit.rules)
    if (scope === undefined || rules.length === 0) return []
    return [{ role: limit.role, binding: `${limit.binding} of ${grant.binding}`, scope, rules }]
  })
}

/** Whether all of `inner` lies in `outer`. */
function reaches(outer: RightScope, inner: RightScope, teamOf: TeamOf): boolean {
  if (outer === 'platform') return true
  if (inner === 'platform') return false
  if ('tenant' in outer) return 'tenant' in inner && inner.tenant === outer.tenant
  return outer.team === ('team' in inner ? inner.team : teamOf(inner.tenant))
}

function narrower(one: RightScope, other: RightScope, teamOf: TeamOf): RightScope | undefined {
  if (reaches(one, other, teamOf)) return other
  return reaches(other, one, teamOf) ? one : undefined
}

function commonRules(one: readonly RightRule[], other: readonly RightRule[]): readonly RightRule[] {
  return one.flatMap((rule) =>
    other.flatMap((limit) => {
      const verbs = rule.verbs.filter((verb: Verb) => limit.verbs.includes(verb))
      const kinds = commonKinds(rule.kinds, limit.kinds)
      return verbs.length === 0 || kinds.length === 0 ? [] : [{ verbs, kinds }]
    }),
  )
}

function commonKinds(one: readonly string[], other: readonly string[]): readonly string[] {
  if (one.includes('*')) return other
  return other.includes('*') ? one : one.filter((kind) => other.includes(kind))
}
