// SPDX-License-Identifier: Apache-2.0
/** From bindings and teams to what one caller is granted. */
import type { RoleBindingSpec } from '../resources/role-binding.ts'
import type { TeamSpec } from '../resources/team.ts'
import type { Grant } from './right.ts'
import { type RoleDefinition, shippedRole } from './shipped-roles.ts'

/** A caller as bindings know her. `tokenId` is that of a machine's token; such a caller has no name and no groups. */
export interface Subject {
  readonly name?: string
  readonly groups: readonly string[]
  readonly tokenId?: string
}

/** What is stored of rights. `roles` are the own ones; the shipped need not be there. */
export interface RightsStored {
  readonly bindings: readonly { readonly name: string; readonly spec: RoleBindingSpec }[]
  readonly teams: readonly { readonly name: string; readonly spec: TeamSpec }[]
  readonly roles: readonly RoleDefinition[]
}

/** All grants of the subject: by her teams, then by bindings. A binding whose role is not there gives nothing. */
export function grantsOf(subject: Subject, { bindings, teams, roles }: RightsStored): readonly Grant[] {
  const byTeams = teams
    .filter(({ spec }) => isAmong(subject, { people: spec.members, groups: spec.externalGroups, tokens: [] }))
    .map(({ name }) => grantOf('team-member', `team:${name}`, { team: name }, roles))
  const byBindings = bindings
    .filter(({ spec }) => isAmong(subject, spec.subjects))
    .map(({ name, spec }) => grantOf(spec.role, name, spec.scope, roles))
  return [...byTeams, ...byBindings].filter(({ rules }) => rules.length > 0)
}

/** What the role gives there; without rules when there is no such role. */
export function grantOf(role: string, binding: string, scope: Grant['scope'], roles: readonly RoleDefinition[]): Grant {
  const definition = shippedRole(role) ?? roles.find(({ name }) => name === role)
  return { role, binding, scope, rules: definition?.rules ?? [] }
}

function isAmong(
  { name, groups, tokenId }: Subject,
  { people, groups: bound, tokens }: RoleBindingSpec['subjects'],
): boolean {
  return (
    (name !== undefined && people.includes(name)) ||
    groups.some((group) => bound.includes(group)) ||
    (tokenId !== undefined && tokens.includes(tokenId))
  )
}
