// SPDX-License-Identifier: Apache-2.0
/** Reads one resource by its key. */
import type { ResourceKind } from '@kaas/domain'
import type { Connection } from '../database.ts'
import type { ResourceKey, StoredResource } from '../resource.ts'
import { keyColumns, resourceOfRow } from '../resource-row.ts'

/** The resource, or undefined. With `lock`, other transactions that lock or change it wait until this one ends. */
export async function loadResource<K extends ResourceKind>(
  db: Connection,
  key: ResourceKey<K>,
  lock = false,
): Promise<StoredResource<K> | undefined> {
  const { kind, tenant, name } = keyColumns(key)
  const query = db
    .selectFrom('resources')
    .selectAll()
    .where('kind', '=', kind)
    .where('tenant', '=', tenant)
    .where('name', '=', name)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? undefined : resourceOfRow<K>(row)
}
