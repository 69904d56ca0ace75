// SPDX-License-Identifier: Apache-2.0
/**
 * How a right that is missing is said. What a caller may not read does not exist for her, in the very words of what never was; what
 * she may read and not change is refused with the rule that decided and with whom to ask.
 */
import {
  type Decision,
  decide,
  grantOf,
  type Question,
  type RightScope,
  renderDecision,
  renderScope,
  SHIPPED_ROLES,
} from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { ResourceKey } from '@kaas/store'
import { absentError } from '../services/resource-paths.ts'

/** `not-allowed`, with the decision in words. */
export function notAllowed(decision: Decision, question: Question): KaasError {
  return new KaasError('not-allowed', { message: renderDecision(decision, question), help: helpFor(question) })
}

/** The refusal of giving on what one does not have: the right that is missing and where. */
export function notYoursToGive(missing: Pick<Question, 'verb' | 'kind'>, scope: RightScope): KaasError {
  const kind = missing.kind === '*' ? 'every kind' : missing.kind
  return new KaasError('not-allowed', {
    message: `You cannot give what you do not have: ${missing.verb} on ${kind} in ${renderScope(scope)}.`,
    help: 'Give a role with fewer rights, or ask somebody who has them: kaas get rolebindings.',
  })
}

const hidden = new WeakSet<KaasError>()

/** What is there and not for her: the same error as for a name that never was, remembered for the audit log. */
export function hide(key: ResourceKey): KaasError {
  const error = absentError(key)
  hidden.add(error)
  return error
}

/** Whether the error hides something that is there. */
export function isHiding(error: KaasError): boolean {
  return hidden.has(error)
}

/** The least of the shipped roles that would do, and who can give it. */
function helpFor(question: Question): string {
  const { tenant, team } = question
  const scope = team !== undefined ? { team } : tenant !== undefined ? { tenant } : ('platform' as const)
  const fitting = SHIPPED_ROLES.filter(({ name }) => name.startsWith('team-') === (scope !== 'platform'))
  const role = fitting.findLast(({ name }) => decide([grantOf(name, '', scope, [])], question).allowed)?.name
  if (role === undefined || scope === 'platform')
    return `Ask a platform-admin${role === undefined ? '' : ` for the role ${role}`}.`
  return `Ask a team-admin of ${renderScope(scope)}, or a platform-admin, for the role ${role}.`
}
