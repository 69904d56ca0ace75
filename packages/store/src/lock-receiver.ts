// SPDX-License-Identifier: Apache-2.0
/** The lock that a change of a TopicShare takes beside its own: that of the tenant in whose snapshot entry the share is shown. */
import { sql } from 'kysely'
import type { Connection } from './database.ts'
import type { ResourceKey } from './resource.ts'

/**
 * Locks the tenant that receives the share; nothing for other kinds. Call it before the share or a counter is locked: whoever changes
 * the tenant itself holds it already and waits for the counters then.
 */
export async function lockReceiver(db: Connection, { kind, tenant, name }: ResourceKey): Promise<void> {
  if (kind !== 'TopicShare') return
  await sql`select 1 from resources where kind = 'Tenant' and tenant = '' and name = (
      select spec #>> '{with}'::text[] from resources where kind = ${kind} and tenant = ${tenant ?? ''} and name = ${name})
    for update`.execute(db)
}
