// SPDX-License-Identifier: Apache-2.0
/** Between rows and resources: the only place that knows how a key and a resource lie in columns. */
import type { ResourceKind } from '@kaas/domain'
import type { Selectable } from 'kysely'
import type { ResourceTable } from './database.ts'
import type { ResourceKey, StoredResource } from './resource.ts'

/** The key's columns, for `where` and `insert`. */
export function keyColumns(key: ResourceKey): { kind: ResourceKind; tenant: string; name: string } {
  return { kind: key.kind, tenant: key.tenant ?? '', name: key.name }
}

/** The key in a row. */
export function keyOfRow<K extends ResourceKind>(row: { kind: K; tenant: string; name: string }): ResourceKey<K> {
  return { kind: row.kind, name: row.name, ...(row.tenant === '' ? {} : { tenant: row.tenant }) }
}

/** A row as a resource. The spec passed its schema when it was written; reading does not parse it again. */
export function resourceOfRow<K extends ResourceKind>(row: Selectable<ResourceTable>): StoredResource<K> {
  return {
    ...keyOfRow(row),
    uid: row.uid,
    generation: row.generation,
    spec: row.spec,
    labels: row.labels,
    annotations: row.annotations,
    ...(row.status === null ? {} : { status: row.status }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.deletion_requested_at === null ? {} : { deletionRequestedAt: row.deletion_requested_at }),
  } as unknown as StoredResource<K>
}
