// SPDX-License-Identifier: Apache-2.0
/**
 * The store as its users see it. Every verb has its own file; here are only their shapes, bound together. Verbs of
 * StoreSession also run inside `transaction`, and then on that transaction: while one is open, call nothing on the Store
 * itself, because the embedded database has a single connection and the call would wait for ever.
 */
import type { GatewayLoad, ResourceKind, Status } from '@kaas/domain'
import type { AuditCheck, AuditEntry, AuditQuery, AuditRecord, NumberedEntry } from './audit.ts'
import type { CredentialSummary, NewCredential, ScramEntry } from './credential.ts'
import type { TotalLoad } from './gateway-load.ts'
import type { Lease, LeaseProgress } from './lease.ts'
import type { ListQuery, Page } from './list-query.ts'
import type { PeopleVerbs } from './people/people-verbs.ts'
import type { GatewayHeard, LeaseState, WorkBacklog } from './platform-state.ts'
import type { ResourceIntent, ResourceKey, StoredResource } from './resource.ts'
import type { RightsPlace, VersionedRights } from './rights-stored.ts'
import type { SeriesVerbs } from './series/series-verbs.ts'
import type { SnapshotChanges, SnapshotContent } from './snapshot-content.ts'
import type { StoreEvent } from './store-event.ts'
import type { ClaimRequest, WorkItem } from './work-item.ts'

/** What changed, without details: listeners read what they need. Sent after commit, by any process on the same database. */
export type StoreChange = 'work' | 'snapshot' | 'event' | 'audit'

/** How a write of intent ended. `before` is absent for a new resource. */
export interface SaveOutcome<K extends ResourceKind = ResourceKind> {
  readonly outcome: 'created' | 'updated' | 'unchanged'
  readonly before?: StoredResource<K>
  readonly resource: StoredResource<K>
}

/** Conditions of a write beside the intent itself. */
export interface SaveOptions {
  readonly audit: AuditEntry
  /** Refuses with `resource-changed` unless the stored generation is this one; 0 means "must not exist". */
  readonly expectedGeneration?: number
}

/** The verbs that work alone and inside a transaction. */
export interface StoreSession extends PeopleVerbs, SeriesVerbs {
  /** The resource, also while it is being deleted; undefined when there is none. */
  loadResource<K extends ResourceKind>(key: ResourceKey<K>): Promise<StoredResource<K> | undefined>
  /** As loadResource, and nobody else changes it until the transaction ends. */
  lockResource<K extends ResourceKind>(key: ResourceKey<K>): Promise<StoredResource<K> | undefined>
  /** One page, filtered and sorted by the database. Throws `usage-invalid` for a cursor, sort or filter it cannot read. */
  listResources<K extends ResourceKind>(query: ListQuery<K>): Promise<Page<StoredResource<K>>>
  /** The names of a tenant's resources of a kind, in order, also of those being deleted. */
  listNames(kind: ResourceKind, tenant: string): Promise<readonly string[]>
  /** How many resources of `kind` a tenant has, and the sum of `spec.partitions` for topics; `except` is left out, what is being deleted is not. */
  countOfTenant(
    kind: ResourceKind,
    tenant: string,
    except?: string,
  ): Promise<{ readonly count: number; readonly partitions: number }>
  /** Writes intent, wakes the reconciler, and records audit, event and snapshot version in one transaction. Throws `resource-changed`. */
  saveResource<K extends ResourceKind>(intent: ResourceIntent<K>, options: SaveOptions): Promise<SaveOutcome<K>>
  /** Marks a resource and, for a tenant, all that is in it. Again is harmless. Undefined when there is none. Throws `resource-changed`. */
  markDeleted<K extends ResourceKind>(key: ResourceKey<K>, options: SaveOptions): Promise<StoredResource<K> | undefined>
  /** Writes what is observed. False when `uid` is no longer the stored one: the work is then void. */
  saveStatus(key: ResourceKey, uid: string, status: Status): Promise<boolean>
  /** The end of a deletion: row, queue entry and credentials go. Wakes what waits for it: the tenant, and its other children when the last of a kind went. False as in saveStatus. */
  removeResource(key: ResourceKey, uid: string): Promise<boolean>

  /** Up to `limit` due objects, each leased to `worker`; nobody else gets them before the lease ends. */
  claimWork(request: ClaimRequest): Promise<readonly WorkItem[]>
  /** Makes the lease longer while work runs. False when it was lost: stop working on it. */
  extendClaim(item: WorkItem, leaseMs: number): Promise<boolean>
  /** Ends a piece of work well; looks again after `againInMs` (drift), never when absent. A write that came meanwhile makes it due at once. */
  finishWork(item: WorkItem, againInMs?: number): Promise<void>
  /** Ends a piece of work badly: due again after `delayMs`, with one attempt more. A write that came meanwhile makes it due at once. */
  retryLater(item: WorkItem, delayMs: number, reason: string): Promise<void>
  /** Makes objects due now, whatever their intent; for example all topics of a tenant that just became ready. */
  requestWork(
    which: { readonly keys: readonly ResourceKey[] } | { readonly tenant: string } | { readonly kind: ResourceKind },
  ): Promise<void>
  /** Milliseconds until the next unclaimed object is due (0 when one is now), undefined when the queue is empty. */
  nextDueInMs(): Promise<number | undefined>

  /** Stores a password's SCRAM values, encrypted. At most two are valid for one user: the oldest beyond that ends. */
  saveCredential(user: ResourceKey<'User'>, credential: NewCredential): Promise<CredentialSummary>
  /** The valid credentials of a user without their values, newest first. */
  listCredentials(user: ResourceKey<'User'>): Promise<readonly CredentialSummary[]>
  /** What Kafka must hold for this user: at most one entry per mechanism. Throws `stored-data-corrupt` when the key does not fit. */
  loadScramEntries(user: ResourceKey<'User'>): Promise<readonly ScramEntry[]>
  /** Ends one credential, or all but one. Returns how many ended. */
  endCredentials(user: ResourceKey<'User'>, which: { readonly id: string } | { readonly allBut: string }): Promise<number>

  /** All tenants and clusters as they are now, with the version to continue from. */
  loadSnapshot(): Promise<SnapshotContent>
  /** Tenants and clusters that changed after `version`, and the names that went. */
  loadSnapshotChanges(version: number): Promise<SnapshotChanges>

  /** Keeps what a gateway told, and sums up what all have told that were heard in the last seconds. */
  saveGatewayLoad(load: GatewayLoad): Promise<{ readonly nodes: number; readonly totals: readonly TotalLoad[] }>

  /** A small fact that outlives the process; undefined when it was never saved. */
  loadSetting(name: string): Promise<string | undefined>
  saveSetting(name: string, value: string): Promise<void>

  /** The version of the rights now, and the owner of `tenant`. Costs the same whether there is such a tenant or not. */
  loadRightsPlace(tenant?: string): Promise<RightsPlace>
  /** All teams, roles and bindings. Load it anew when the version of `loadRightsPlace` is another. */
  loadRights(): Promise<VersionedRights>

  /** Tells listeners and the audit log that somebody changed by hand what belongs to the resource. */
  saveDrift(key: ResourceKey, audit: AuditEntry): Promise<void>
  /** Records something that is not a write of intent: a denied attempt, a rotated password. */
  saveAudit(entry: AuditEntry): Promise<void>
  /** Records what a gateway numbered, in one transaction; numbers that were saved before are left out. Answers the highest that is saved. */
  saveGatewayAudit(node: string, numbered: readonly NumberedEntry[]): Promise<number>
  listAudit(query: AuditQuery): Promise<Page<AuditRecord>>
  /** Reads the whole log and compares it with its seals. Takes seconds for a million records; nothing is locked. */
  checkAudit(): Promise<AuditCheck>

  /** Takes or renews work that one process does for all; its position, or undefined while another holds it. */
  takeLease(lease: Lease): Promise<number | undefined>
  /** Remembers how far the holder has come. False when the lease was lost: stop. */
  moveLease(lease: Lease, position: number): Promise<boolean>
  /** Who holds it and how many audit records lie behind its position; all of them when it was never taken. */
  leaseProgress(name: string): Promise<LeaseProgress>
  /** Who holds a lease and for how long; undefined when nobody ever did. */
  leaseState(name: string): Promise<LeaseState | undefined>
  /** How much waits in the queue. */
  workBacklog(): Promise<WorkBacklog>
  /** Gateways that were heard lately. */
  listGateways(): Promise<readonly GatewayHeard[]>
  /** Lets another process take it at once. */
  releaseLease(lease: Lease): Promise<void>
  /** Events after `sequence`, oldest first. */
  listEvents(sequence: number, limit: number): Promise<readonly StoreEvent[]>
  /** The sequence of the newest event, 0 when there is none. */
  lastEventSequence(): Promise<number>
}

/** How long history is kept, in milliseconds. */
export interface HistoryKept {
  readonly eventsMs: number
  readonly auditMs: number
  /** Audit records behind the position of this lease stay, however old: they are still to be sent. */
  readonly auditSentBy?: string
}

/** An open store. Owns its connections; `close` ends them after what runs now. */
export interface Store extends StoreSession {
  /** Runs `work` in one transaction; what it throws undoes all. Keep it short, call only `session`: after a deadlock it runs again. */
  transaction<T>(work: (session: StoreSession) => Promise<T>): Promise<T>
  /** Calls `listener` after commits. Wake-ups may be lost or doubled: poll by `nextDueInMs` as well. Returns how to stop. */
  onChange(listener: (change: StoreChange) => void): () => void
  /** Throws `database-unavailable` when the database does not answer. */
  ping(): Promise<void>
  /** Deletes events and audit records older than this. Returns how many went. */
  trimHistory(olderThan: HistoryKept): Promise<number>
  close(): Promise<void>
}
