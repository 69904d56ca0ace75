// SPDX-License-Identifier: Apache-2.0
/** Who asks, as services and audit see it: a name and the rule that let the request in. */
import type { AuditEntry } from '@kaas/store'

/** An authenticated caller of one request. */
export interface Actor {
  /** `administrator` or `gateway`, until people log in. */
  readonly name: string
  /** The rule that decided. */
  readonly rule: string
  readonly remoteAddress?: string
}

/** The audit entry of something that `actor` was allowed to do to `subject`. */
export function auditOf(actor: Actor, action: string, subject: string): AuditEntry {
  const { name, rule, remoteAddress } = actor
  return {
    actor: name,
    action,
    subject,
    outcome: 'allowed',
    rule,
    ...(remoteAddress === undefined ? {} : { remoteAddress }),
  }
}
