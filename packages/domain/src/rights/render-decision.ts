// SPDX-License-Identifier: Apache-2.0
/** A decision as one sentence, for people. */
import { type Decision, type Question, renderScope } from './decide.ts'
import type { RightScope } from './right.ts'

/** `She may write Topic in the tenant "orders": the role team-member, bound by team:pay, gives it in the team "pay".` */
export function renderDecision({ deciding, considered }: Decision, question: Question, who = 'She'): string {
  const what = `${question.verb} ${question.kind} ${renderPlace(question)}`
  if (deciding !== undefined) {
    const { role, binding, scope } = deciding
    return `${who} may ${what}: the role ${role}, bound by ${binding}, gives it in ${renderScope(scope)}.`
  }
  if (considered.length === 0) return `${who} may not ${what}: nothing is granted to her anywhere.`
  const [nearest] = considered
  if (considered.length === 1 && nearest !== undefined) {
    return `${who} may not ${what}: her only role, ${nearest.grant.role}, ${nearest.why}.`
  }
  return `${who} may not ${what}: none of her ${considered.length} roles gives it there.`
}

function renderPlace({ tenant, team }: Question): string {
  const scope: RightScope = tenant !== undefined ? { tenant } : team !== undefined ? { team } : 'platform'
  return scope === 'platform' ? 'on the platform' : `in ${renderScope(scope)}`
}
