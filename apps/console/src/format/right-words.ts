// SPDX-License-Identifier: Apache-2.0
/** Scopes, subjects and rules as people say them. */
import type { RightRule, RightScope, RoleBindingSpec } from '@kaas/domain'

/** `the platform`, `team pay`, `tenant orders`. */
export function scopeWords(scope: RightScope): string {
  if (scope === 'platform') return 'the platform'
  return 'team' in scope ? `team ${scope.team}` : `tenant ${scope.tenant}`
}

/** `group devs`, `ada`, `token abc`: one text for each subject. */
export function subjectWords({ groups, people, tokens }: RoleBindingSpec['subjects']): readonly string[] {
  return [...groups.map((name) => `group ${name}`), ...people, ...tokens.map((id) => `token ${id}`)]
}

/** What a binding's name says in the list of grants: `membership of pay`, `binding ops`, `this token`. */
export function bindingWords(binding: string): string {
  if (binding === 'bootstrap') return 'the bootstrap administrator'
  if (binding.startsWith('team:')) return `membership of ${binding.slice(5)}`
  return binding.startsWith('token:') ? 'the limit of the token' : `binding ${binding}`
}

/** Whether rules give a verb on a kind. */
export function rulesGive(rules: readonly RightRule[], verb: RightRule['verbs'][number], kind: string): boolean {
  return rules.some(({ verbs, kinds }) => verbs.includes(verb) && (kinds.includes(kind) || kinds.includes('*')))
}
