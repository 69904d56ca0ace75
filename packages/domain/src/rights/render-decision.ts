// SPDX-License-Identifier: Apache-2.0
/** A decision as one sentence, for people. */
import { type Decision, type Question, renderScope } from './decide.ts'
import type { RightScope } from './right.ts'

/** `You may write Topic in the tenant "orders": the role team-member, bound by team:pay, gives it in the team "pay".` */
export function renderDecision({ deciding, considered }: Decision, question: Question, who = 'You'): string {
  const what = `${question.verb} ${question.kind} ${renderPlace(question)}`
  if (deciding !== undefined) {
    const { role, binding, scope } = deciding
    return `${who} may ${what}: the role ${role}, bound by ${binding}, gives it in ${renderScope(scope)}.`
  }
  const [only, ...more] = considered
  if (only === undefined) return `${who} may not ${what}: no role was given.`
  if (more.length === 0) return `${who} may not ${what}: the only role given, ${only.grant.role}, ${only.why}.`
  return `${who} may not ${what}: none of the ${considered.length} roles given allows it there.`
}

function renderPlace({ tenant, team }: Question): string {
  const scope: RightScope = tenant !== undefined ? { tenant } : team !== undefined ? { team } : 'platform'
  return scope === 'platform' ? 'on the platform' : `in ${renderScope(scope)}`
}
