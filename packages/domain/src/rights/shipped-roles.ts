// SPDX-License-Identifier: Apache-2.0
/** The roles that come with the product, as data. They are never stored, so nobody can change them; an update may. */
import type { RightRule } from './right.ts'
import { RIGHT_KINDS, type RightKind } from './right-kinds.ts'

/** A role with its rules. */
export interface RoleDefinition {
  readonly name: string
  readonly description: string
  readonly rules: readonly RightRule[]
}

/** What tells secrets or other people's data: no viewer reads it. */
const SECRET_KINDS: readonly RightKind[] = ['Message', 'Credential']

/** What every role of a team reads. */
const READ_IN_TEAM = [
  'Team',
  'Role',
  'Policy',
  'Tenant',
  'Topic',
  'User',
  'TopicShare',
  'RoleBinding',
  'Group',
  'Plan',
  'Series',
  'Audit',
] as const satisfies readonly RightKind[]

/** What applications live in; the work of a team. */
const WORK = [
  'Tenant',
  'Topic',
  'User',
  'TopicShare',
  'Group',
  'Message',
  'Credential',
] as const satisfies readonly RightKind[]

/** All shipped roles, the mightiest first. A custom role cannot have one of these names. */
export const SHIPPED_ROLES = [
  {
    name: 'platform-admin',
    description: 'May do everything, everywhere.',
    rules: [{ verbs: ['read', 'write', 'delete'], kinds: ['*'] }],
  },
  {
    name: 'platform-viewer',
    description: 'Reads everything but messages and credentials.',
    rules: [{ verbs: ['read'], kinds: RIGHT_KINDS.filter((kind) => !SECRET_KINDS.includes(kind)) }],
  },
  {
    name: 'team-admin',
    description: 'May do everything in the tenants of a team, and says who else may do what in it.',
    rules: [
      { verbs: ['read'], kinds: [...READ_IN_TEAM, ...SECRET_KINDS, 'Rights', 'Token'] },
      { verbs: ['write'], kinds: [...WORK, 'Team', 'RoleBinding', 'Token'] },
      { verbs: ['delete'], kinds: [...WORK, 'RoleBinding', 'Token'] },
    ],
  },
  {
    name: 'team-member',
    description: 'Works with the tenants of a team: orders and changes them, and all that is in them. Deletes no tenant.',
    rules: [
      { verbs: ['read'], kinds: [...READ_IN_TEAM, ...SECRET_KINDS] },
      { verbs: ['write'], kinds: [...WORK] },
      { verbs: ['delete'], kinds: ['Topic', 'User', 'TopicShare', 'Group'] },
    ],
  },
  {
    name: 'team-viewer',
    description: 'Sees what a team has, but no messages and no credentials.',
    rules: [{ verbs: ['read'], kinds: [...READ_IN_TEAM] }],
  },
] as const satisfies readonly RoleDefinition[]

/** The shipped role of this name; undefined for another. */
export function shippedRole(name: string): RoleDefinition | undefined {
  return SHIPPED_ROLES.find((role) => role.name === name)
}
