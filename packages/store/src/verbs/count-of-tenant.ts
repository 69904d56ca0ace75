// SPDX-License-Identifier: Apache-2.0
/** Counts what a tenant has, for its limits. Lock the tenant first, or two writes at once may both pass. */
import type { ResourceKind } from '@kaas/domain'
import { sql } from 'kysely'
import type { Connection } from '../database.ts'

/** Number of resources and sum of `spec.partitions` (0 for kinds without), leaving out `except`. What is being deleted still counts. */
export async function countOfTenant(db: Connection, kind: ResourceKind, tenant: string, except = '') {
  return await db
    .selectFrom('resources')
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum((spec->>'partitions')::bigint), 0)::bigint`.as('partitions'),
    ])
    .where('kind', '=', kind)
    .where('tenant', '=', tenant)
    .where('name', '!=', except)
    .executeTakeFirstOrThrow()
}
