// SPDX-License-Identifier: Apache-2.0
/** Reads what the gateway snapshot is made from: all of it, or what changed since a version. */
import { AUTHENTICATIONS, type ExternalUser, physicalName, proofOf, type ResourceKind, type UserSpec } from '@kaas/domain'
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import type { StoredResource } from '../resource.ts'
import { resourceOfRow } from '../resource-row.ts'
import type { SnapshotChanges, SnapshotContent } from '../snapshot-content.ts'

/** See Store. The version is read first: a change between the two reads is then sent twice, never lost. */
export async function loadSnapshot(db: Connection): Promise<SnapshotContent> {
  const version = await currentVersion(db)
  return { version, ...(await entriesAfter(db, 0)) }
}

/** See Store. */
export async function loadSnapshotChanges(db: Connection, since: number): Promise<SnapshotChanges> {
  const version = await currentVersion(db)
  const removed = await db.selectFrom('snapshot_removals').select(['kind', 'name']).where('version', '>', since).execute()
  const namesOf = (kind: ResourceKind) => removed.filter((row) => row.kind === kind).map((row) => row.name)
  return {
    version,
    ...(await entriesAfter(db, since)),
    removedTenants: namesOf('Tenant'),
    removedClusters: namesOf('KafkaCluster'),
  }
}

async function entriesAfter(db: Connection, since: number): Promise<Omit<SnapshotContent, 'version'>> {
  const tenants = await changedAfter(db, 'Tenant', since)
  const clusters = await changedAfter(db, 'KafkaCluster', since)
  if (tenants.length === 0) return { tenants, clusters, externalUsers: new Map(), shares: new Map() }
  return { tenants, clusters, externalUsers: await externalUsersOf(db, tenants), shares: await sharesWith(db, tenants) }
}

async function externalUsersOf(
  db: Connection,
  tenants: readonly StoredResource<'Tenant'>[],
): Promise<ReadonlyMap<string, readonly ExternalUser[]>> {
  const external = AUTHENTICATIONS.filter((each) => proofOf(each) !== undefined)
  const authentication = sql<UserSpec['authentication']>`spec->>'authentication'`
  const rows = await db
    .selectFrom('resources')
    .select(['tenant', 'name', authentication.as('authentication')])
    .where('kind', '=', 'User')
    .where('deletion_requested_at', 'is', null)
    .where(authentication, 'in', external)
    .orderBy('tenant')
    .orderBy('name')
    .execute()
  const wanted = new Set(tenants.map(({ name }) => name))
  const users = rows
    .filter(({ tenant }) => wanted.has(tenant))
    .map((row) => ({ tenant: row.tenant, name: physicalName(row.tenant, row.name), proof: proofOf(row.authentication) }))
  return new Map(
    [...Map.groupBy(users, ({ tenant }) => tenant)].map(([tenant, own]) => [
      tenant,
      own.flatMap(({ name, proof }) => (proof === undefined ? [] : [{ name, proof }])),
    ]),
  )
}

/** Also those that are being deleted: brokers refuse the topic first, and only then gateways forget its name. */
async function sharesWith(
  db: Connection,
  tenants: readonly StoredResource<'Tenant'>[],
): Promise<ReadonlyMap<string, readonly StoredResource<'TopicShare'>[]>> {
  const names = tenants.map(({ name }) => name)
  const rows = await db
    .selectFrom('resources')
    .selectAll()
    .where('kind', '=', 'TopicShare')
    .where(sql<boolean>`spec #>> '{with}'::text[] = any(${names}::text[])`)
    .orderBy('created_at')
    .orderBy('tenant')
    .orderBy('name')
    .execute()
  return Map.groupBy(
    rows.map((row) => resourceOfRow<'TopicShare'>(row)),
    ({ spec }) => spec.with,
  )
}

async function currentVersion(db: Connection): Promise<number> {
  return (await db.selectFrom('counters').select('value').where('name', '=', 'snapshot').executeTakeFirstOrThrow()).value
}

async function changedAfter<K extends ResourceKind>(db: Connection, kind: K, version: number): Promise<StoredResource<K>[]> {
  const rows = await db
    .selectFrom('resources')
    .selectAll()
    .where('kind', '=', kind)
    .where('snapshot_version', '>', version)
    .orderBy('name')
    .execute()
  return rows.map((row) => resourceOfRow<K>(row))
}
