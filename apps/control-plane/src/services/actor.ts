// SPDX-License-Identifier: Apache-2.0
/** Who asks, as services and audit see it: a name, what stands behind it, and the rule that let the request in. */
import type { Grant } from '@kaas/domain'
import type { ActorKind, AuditEntry, AuditWay } from '@kaas/store'

/** The caller of one request, or the part of the product that acts by itself. */
export interface Actor {
  /** As bindings and audit know her; `anonymous` before she was recognised. */
  readonly name: string
  /** The rule that decided. */
  readonly rule: string
  /** The role that gave the right, and the binding that gave the role, where one decided. */
  readonly role?: string
  readonly binding?: string
  readonly kind?: ActorKind
  /** Id of the identity provider. */
  readonly provider?: string
  /** Public id of the session or token, never its secret. */
  readonly session?: string
  readonly requestId?: string
  /** `api` when absent. */
  readonly via?: AuditWay
  readonly remoteAddress?: string
}

/** The actor with the grant that allowed what she does; as she was where none had to. */
export function decidedBy(actor: Actor, grant: Pick<Grant, 'role' | 'binding'> | undefined): Actor {
  return grant === undefined ? actor : { ...actor, role: grant.role, binding: grant.binding }
}

/** The audit entry of something that `actor` was allowed to do to `subject`. */
export function auditOf(actor: Actor, action: string, subject: string): AuditEntry {
  const { name, kind, ...rest } = actor
  return { ...rest, actor: name, action, subject, outcome: 'allowed', ...(kind === undefined ? {} : { actorKind: kind }) }
}

/** The audit entry of something that `actor` tried and was refused. `rule` is the code of the refusal. */
export function denialOf(actor: Actor, action: string, subject: string, rule: string, message: string): AuditEntry {
  return { ...auditOf(actor, action, subject), outcome: 'denied', rule, message }
}
