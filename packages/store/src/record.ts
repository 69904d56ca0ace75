// SPDX-License-Identifier: Apache-2.0
/**
 * What goes along with a change, in its transaction: event, snapshot version, work, wake-up. Counter rows are locked until
 * commit, so numbers become visible in their order; take them last to hold the lock briefly.
 */
import {
  proofOf,
  type ResourceKind,
  type RoleBindingSpec,
  type TenantSpec,
  type TopicShareSpec,
  type UserSpec,
} from '@kaas/domain'
import { type RawBuilder, sql } from 'kysely'
import { type Connection, json } from './database.ts'
import type { StoredHead } from './resource.ts'
import { keyColumns } from './resource-row.ts'
import type { StoreChange } from './store.ts'
import type { StoreEventType } from './store-event.ts'

/** The channel of LISTEN and NOTIFY. */
export const CHANNEL = 'kaas_changes'

/** Kinds that the gateway snapshot is made from. */
const SNAPSHOT_KINDS: readonly ResourceKind[] = ['Tenant', 'KafkaCluster']
/** Kinds that say who may do what; a change of them is a new version of the rights. */
const GRANTING_KINDS: readonly ResourceKind[] = ['Team', 'Role', 'RoleBinding']

/** Appends one event per resource. `before` is what the only resource was. */
export async function recordEvents(
  db: Connection,
  type: StoreEventType,
  resources: readonly Told[],
  before?: Told,
): Promise<void> {
  if (resources.length === 0) return
  const last = await advance(db, 'event', resources.length)
  const rows = resources.map((resource, index) => ({
    sequence: last - resources.length + 1 + index,
    type,
    ...keyColumns(resource),
    team: teamFor(resource),
    team_before: lostBy(resource, before),
    uid: resource.uid,
    generation: resource.generation,
    conditions: json(resource.status?.conditions ?? []),
  }))
  for (let at = 0; at < rows.length; at += 1000)
    await db
      .insertInto('events')
      .values(rows.slice(at, at + 1000))
      .execute()
  if (type !== 'status' && resources.some(({ kind }) => GRANTING_KINDS.includes(kind))) await advance(db, 'rights', 1)
  await notify(db, 'event')
}

/** The team that a tenant left, so that its people hear that they lost it. */
function lostBy({ kind, spec }: Told, before: Told | undefined): string {
  if (kind !== 'Tenant' || before === undefined) return ''
  const { team } = before.spec as TenantSpec
  return team === (spec as TenantSpec).team ? '' : team
}

/** A resource as far as events are concerned. */
type Told = StoredHead & { readonly spec: unknown }

/** The team that may hear of it: of a tenant and what is in it the owner, of a binding the one that it is for. */
function teamFor({ kind, tenant, name, spec }: Told): string | RawBuilder<string> {
  if (tenant !== undefined) return ownerOf(tenant)
  if (kind === 'Team') return name
  if (kind === 'Tenant') return (spec as TenantSpec).team
  if (kind !== 'RoleBinding') return ''
  const { scope } = spec as RoleBindingSpec
  if (scope === 'platform') return ''
  return 'team' in scope ? scope.team : ownerOf(scope.tenant)
}

function ownerOf(tenant: string): RawBuilder<string> {
  return sql<string>`coalesce((select spec->>'team' from resources where kind = 'Tenant' and tenant = '' and name = ${tenant}), '')`
}

/** A resource as far as the snapshot is concerned. */
type Shown = Pick<StoredHead, 'kind' | 'tenant' | 'name'> & { readonly spec?: unknown }

/** Gives the next snapshot version to what the snapshot shows of a changed resource; `before` is what it was. */
export async function recordSnapshotChange(db: Connection, resource: Shown, before?: Shown): Promise<void> {
  const entry = entryOf(resource) ?? (before && entryOf(before))
  if (entry === undefined) return
  const version = await advance(db, 'snapshot', 1)
  const { kind, name } = entry
  const { numUpdatedRows } = await db
    .updateTable('resources')
    .set({ snapshot_version: version })
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  // A share can name a tenant that is not there, whose removal gateways must still hear of.
  if (numUpdatedRows === 0n) return
  await db.deleteFrom('snapshot_removals').where('kind', '=', kind).where('name', '=', name).execute()
  await notify(db, 'snapshot')
}

/** The entry that shows the resource: its own, that of the tenant for a user whom only gateways can recognise, or that of who receives a share. */
function entryOf({ kind, tenant, name, spec }: Shown): { readonly kind: ResourceKind; readonly name: string } | undefined {
  if (SNAPSHOT_KINDS.includes(kind)) return { kind, name }
  if (kind === 'TopicShare') return { kind: 'Tenant', name: (spec as TopicShareSpec).with }
  if (kind !== 'User' || tenant === undefined) return undefined
  const { authentication } = spec as { readonly authentication: UserSpec['authentication'] }
  return proofOf(authentication) === undefined ? undefined : { kind: 'Tenant', name: tenant }
}

/** As recordSnapshotChange, for a resource that is gone. */
export async function recordSnapshotRemoval(db: Connection, resource: Told): Promise<void> {
  if (resource.kind === 'TopicShare') return await recordSnapshotChange(db, resource)
  if (!SNAPSHOT_KINDS.includes(resource.kind)) return
  const version = await advance(db, 'snapshot', 1)
  await db
    .insertInto('snapshot_removals')
    .values({ kind: resource.kind, name: resource.name, version })
    .onConflict((conflict) => conflict.columns(['kind', 'name']).doUpdateSet({ version }))
    .execute()
  await notify(db, 'snapshot')
}

/** Makes the resources of a query due now. A running piece of work notices by the request count. */
export async function recordWork(db: Connection, resources: ReturnType<typeof sql>): Promise<void> {
  await sql`
    insert into work (kind, tenant, name) select kind, tenant, name from resources where ${resources}
    on conflict (kind, tenant, name) do update set due_at = now(), attempts = 0, request = work.request + 1`.execute(db)
  await notify(db, 'work')
}

/** The condition of recordWork for one key. */
export function isKey(key: Parameters<typeof keyColumns>[0]): ReturnType<typeof sql> {
  const { kind, tenant, name } = keyColumns(key)
  return sql`kind = ${kind} and tenant = ${tenant} and name = ${name}`
}

/** Wakes listeners of all processes after commit. Doubles within one transaction are sent once. */
export async function notify(db: Connection, change: StoreChange): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${change})`.execute(db)
}

async function advance(db: Connection, counter: 'event' | 'snapshot' | 'rights', by: number): Promise<number> {
  const { value } = await db
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', by) }))
    .where('name', '=', counter)
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
