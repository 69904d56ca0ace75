// SPDX-License-Identifier: Apache-2.0
/** Audit records: who did what to which resource, what it was before and after, and which rule decided (design 7, decision 0023). */

/** What kind of caller an actor is: a person, a machine's token, an application at Kafka, a part of the product, or nobody known. */
export const ACTOR_KINDS = [
  'person',
  'token',
  'user',
  'bootstrap',
  'gateway',
  'api-server',
  'git',
  'reconciler',
  'anonymous',
] as const
/** One of them. */
export type ActorKind = (typeof ACTOR_KINDS)[number]

/** The way in. */
export const AUDIT_WAYS = ['api', 'git', 'reconciler', 'gateway'] as const
export type AuditWay = (typeof AUDIT_WAYS)[number]

/** What an edge or service says about one attempt. Ids, times and numbers are the store's. */
export interface AuditEntry {
  /** The principal as authenticated, `anonymous` without. */
  readonly actor: string
  /** Absent, it is told from nothing and stored as `person`. */
  readonly actorKind?: ActorKind
  /** Id of the identity provider; absent for actors without one. */
  readonly provider?: string
  /** Id of the session or token that was used; never its secret. */
  readonly session?: string
  /** Id of the HTTP request, as in the log. */
  readonly requestId?: string
  /** `api` when absent. */
  readonly via?: AuditWay
  /** A verb of the API: `put`, `delete`, `rotate-credentials`, `browse`, `sign-in`, or what was tried. */
  readonly action: string
  /** Path of the resource, as in `/v1/tenants/orders/topics/payments`. Tenant and team are told from it. */
  readonly subject: string
  readonly outcome: 'allowed' | 'denied'
  /** What decided: a name of a rule (`bootstrap-administrator`), of a role, or the code of the refusal. */
  readonly rule: string
  /** The role that gave the right, and the binding that gave the role; absent where no role decided. */
  readonly role?: string
  readonly binding?: string
  /** One sentence, for what was denied and for what gateways saw. */
  readonly message?: string
  /** Of what the subject does not tell: where a binding holds. saveResource and markDeleted fill them in. */
  readonly tenant?: string
  readonly team?: string
  /** Never a secret. saveResource and markDeleted fill them in. */
  readonly before?: unknown
  readonly after?: unknown
  /** Where the request came from, when known. */
  readonly remoteAddress?: string
}

/** An entry with the number that its gateway gave it. */
export interface NumberedEntry {
  readonly sequence: number
  readonly entry: AuditEntry
}

/** A stored record. */
export interface AuditRecord extends AuditEntry {
  readonly actorKind: ActorKind
  readonly via: AuditWay
  readonly id: string
  /** Without gaps, in the order of commits: after N was read, no lower one appears. */
  readonly sequence: number
  readonly at: Date
  /** Tenant of the subject; absent for the platform's. */
  readonly tenant?: string
  /** Team of the subject: the tenant's owner when it happened, or the team itself. */
  readonly team?: string
  /** Seals this record and all before it (`audit-chain.ts`); empty for records older than the chain. */
  readonly hash: string
}

/** Which records. All conditions must hold. */
export interface AuditFilter {
  /** The path itself. */
  readonly subject?: string
  /** The path itself and all that is below it. */
  readonly below?: string
  readonly actor?: string
  readonly action?: string
  readonly tenant?: string
  readonly team?: string
  readonly outcome?: 'allowed' | 'denied'
  /** From this moment on, and up to but without that one. */
  readonly from?: Date
  readonly until?: Date
  /** Appears in actor, action, subject, rule or message, in any case. */
  readonly text?: string
  /** What the reader may see: records of these teams or tenants. Absent, all. */
  readonly within?: { readonly teams: readonly string[]; readonly tenants: readonly string[] }
}

/** A page of records, newest first; with `after`, oldest first, beginning behind that sequence. */
export interface AuditQuery extends AuditFilter {
  readonly limit: number
  readonly cursor?: string
  readonly after?: number
}

/** What a check of the chain found. */
export interface AuditCheck {
  readonly records: number
  /** Records from before the chain was begun, which nothing seals. */
  readonly unsealed: number
  /** First and last sealed sequence; absent without records. */
  readonly first?: number
  readonly last?: number
  /** Hash of the last record: written down elsewhere, it shows later that nothing was cut off. */
  readonly head: string
  /** What does not fit, at most a hundred. Empty when all is as it was written. */
  readonly problems: readonly { readonly sequence: number; readonly message: string }[]
}
