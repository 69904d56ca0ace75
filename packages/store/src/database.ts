// SPDX-License-Identifier: Apache-2.0
/**
 * The tables as kysely sees them, in SQL's own names; `migrations/` makes them. `tenant` is the empty text for platform kinds,
 * because a primary key takes no null.
 */
import type { Condition, ResourceKind, Status } from '@kaas/domain'
import type { ColumnType, Generated, Kysely } from 'kysely'
import type { ActorKind, AuditWay } from './audit.ts'
import type { ScramMechanism } from './credential.ts'
import { isWorthRetrying } from './database-error.ts'
import type { PeopleTables } from './people/people-tables.ts'
import type { StoreEventType } from './store-event.ts'

/** jsonb: read as a value, written as text that `json` made. */
export type Json<T> = ColumnType<T, string, string>

interface KeyColumns {
  kind: ResourceKind
  tenant: string
  name: string
}

/** Intent and status, one row per resource. */
export interface ResourceTable extends KeyColumns {
  uid: string
  generation: number
  spec: Json<Record<string, unknown>>
  labels: Json<Record<string, string>>
  annotations: Json<Record<string, string>>
  status: Json<Status> | null
  /** Made by the database from the Ready condition; null without status. */
  ready: ColumnType<boolean | null, never, never>
  created_at: Generated<Date>
  updated_at: Generated<Date>
  deletion_requested_at: Date | null
  snapshot_version: Generated<number>
}

/** The reconcile queue, at most one row per resource. */
export interface WorkTable extends KeyColumns {
  due_at: Generated<Date>
  request: Generated<number>
  attempts: Generated<number>
  worker: string | null
  leased_until: Date | null
  reason: string | null
}

/** Passwords of Kafka users as encrypted SCRAM values; all rows are valid ones. `number` orders them by age. */
export interface CredentialTable {
  number: Generated<number>
  id: string
  tenant: string
  user_name: string
  mechanism: ScramMechanism
  sealed: Buffer
  created_at: Generated<Date>
}

/** The event stream. `sequence` comes from the counter `event`. */
export interface EventTable extends KeyColumns {
  sequence: number
  at: Generated<Date>
  type: StoreEventType
  /** The empty text for what belongs to no team. */
  team: string
  /** Only where a tenant changed its team. */
  team_before: Generated<string>
  uid: string
  generation: number
  conditions: Json<Condition[]>
}

/** The audit log. Tenant and team are the empty text where there is none. */
export interface AuditTable {
  sequence: number
  id: string
  at: Date
  actor: string
  actor_kind: ActorKind
  provider: string | null
  session: string | null
  request_id: string | null
  via: AuditWay
  action: string
  subject: string
  outcome: 'allowed' | 'denied'
  rule: string
  role: string | null
  binding: string | null
  message: string | null
  tenant: string
  team: string
  before: Json<unknown> | null
  after: Json<unknown> | null
  remote_address: string | null
  hash: string
}

/** One row: the head of the audit chain, and behind which record it begins since old ones were deleted. */
export interface AuditChainTable {
  sequence: number
  hash: string
  trimmed_through: number
  trimmed_hash: string
  trim_seal: string
}

/** Work that one process does for all, and how far it has come. */
export interface LeaseTable {
  name: string
  holder: string
  until: Date
  position: Generated<number>
}

/** All tables. */
export interface Database extends PeopleTables {
  resources: ResourceTable
  work: WorkTable
  credentials: CredentialTable
  events: EventTable
  audit: AuditTable
  audit_chain: AuditChainTable
  leases: LeaseTable
  counters: { name: 'event' | 'snapshot' | 'rights'; value: number }
  snapshot_removals: { kind: ResourceKind; name: string; version: number }
  settings: { name: string; value: string }
}

/** A connection pool or an open transaction: verbs take either. */
export type Connection = Kysely<Database>

/** The text of a value for a jsonb column. Fields that are undefined vanish. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}

const MOST_TRIES = 3

/**
 * Runs `work` on the open transaction, or in one of its own. One of its own runs again after a deadlock with another process, so
 * `work` must do nothing outside of the database.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (transaction: Connection) => Promise<T>,
  attempt = 1,
): Promise<T> {
  if (connection.isTransaction) return await work(connection)
  try {
    return await connection.transaction().execute(work)
  } catch (error) {
    if (attempt >= MOST_TRIES || !isWorthRetrying(error)) throw error
    return await inTransaction(connection, work, attempt + 1)
  }
}
