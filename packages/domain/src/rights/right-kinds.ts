// SPDX-License-Identifier: Apache-2.0
/** The kinds that a rule can name, and which of them belong to no place. */
import { KIND_NAMES, type ResourceKind } from '../resources/kinds.ts'
import { type Verb, VIEW_KINDS, type ViewKind } from './right.ts'

/** A kind that a rule can name. */
export type RightKind = ResourceKind | ViewKind

/** All of them: resources first. */
export const RIGHT_KINDS: readonly RightKind[] = [...KIND_NAMES, ...VIEW_KINDS]

/** Kinds whose objects lie in one tenant, or are it. */
export const TENANT_KINDS: readonly RightKind[] = [
  'Tenant',
  'Topic',
  'User',
  'TopicShare',
  'Message',
  'Group',
  'Credential',
  'Series',
]

/**
 * Whether reading this needs the right somewhere, not in a certain place: roles and plans belong to no team, and who orders or binds
 * in her own needs both.
 */
export function isReadAnywhere(verb: Verb, kind: string): boolean {
  return verb === 'read' && (kind === 'Role' || kind === 'Plan')
}
