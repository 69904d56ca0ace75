// SPDX-License-Identifier: Apache-2.0
/** Reads what the gateway snapshot is made from: all of it, or what changed since a version. */
import type { ResourceKind } from '@kaas/domain'
import type { Connection } from '../database.ts'
import type { StoredResource } from '../resource.ts'
import { resourceOfRow } from '../resource-row.ts'
import type { SnapshotChanges, SnapshotContent } from '../snapshot-content.ts'

/** See Store. The version is read first: a change between the two reads is then sent twice, never lost. */
export async function loadSnapshot(db: Connection): Promise<SnapshotContent> {
  const version = await currentVersion(db)
  return { version, tenants: await changedAfter(db, 'Tenant', 0), clusters: await changedAfter(db, 'KafkaCluster', 0) }
}

/** See Store. */
export async function loadSnapshotChanges(db: Connection, since: number): Promise<SnapshotChanges> {
  const version = await currentVersion(db)
  const removed = await db.selectFrom('snapshot_removals').select(['kind', 'name']).where('version', '>', since).execute()
  const namesOf = (kind: ResourceKind) => removed.filter((row) => row.kind === kind).map((row) => row.name)
  return {
    version,
    tenants: await changedAfter(db, 'Tenant', since),
    clusters: await changedAfter(db, 'KafkaCluster', since),
    removedTenants: namesOf('Tenant'),
    removedClusters: namesOf('KafkaCluster'),
  }
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
