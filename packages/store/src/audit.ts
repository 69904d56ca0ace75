// SPDX-License-Identifier: Apache-2.0
/** Audit records: who did what to which resource, what it was before and after, and which rule decided (design 7). */

/** What an edge or service says about one attempt. Ids and times are the store's. */
export interface AuditEntry {
  /** The principal as authenticated, `anonymous` without. */
  readonly actor: string
  /** A verb of the API: `create`, `update`, `delete`, `rotate-credentials`, or what was tried. */
  readonly action: string
  /** Path of the resource, as in `/v1/tenants/orders/topics/payments`. */
  readonly subject: string
  readonly outcome: 'allowed' | 'denied'
  /** What decided: `administrator`, `token-missing`, … */
  readonly rule: string
  /** Never a secret. saveResource and markDeleted fill them in. */
  readonly before?: unknown
  readonly after?: unknown
  /** Where the request came from, when known. */
  readonly remoteAddress?: string
}

/** A stored record; `toCloudEvent` gives its outside form. */
export interface AuditRecord extends AuditEntry {
  readonly id: string
  readonly sequence: number
  readonly at: Date
}

/** Which records, newest first. */
export interface AuditQuery {
  readonly limit: number
  readonly cursor?: string
  readonly subject?: string
  readonly actor?: string
  readonly outcome?: 'allowed' | 'denied'
}
