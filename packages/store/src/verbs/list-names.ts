// SPDX-License-Identifier: Apache-2.0
/** Only the names of what a tenant has: for comparing with what Kafka has, where documents would be too much to read. */
import type { ResourceKind } from '@kaas/domain'
import type { Connection } from '../database.ts'

/** See Store. */
export async function listNames(db: Connection, kind: ResourceKind, tenant: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('resources')
    .select('name')
    .where('kind', '=', kind)
    .where('tenant', '=', tenant)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
