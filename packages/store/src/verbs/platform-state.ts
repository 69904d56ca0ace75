// SPDX-License-Identifier: Apache-2.0
/** What the database knows of how the platform is: the queue, gateways that were heard, who holds a lease. For people, not for decisions. */
import { sql } from 'kysely'
import type { Connection } from '../database.ts'
import type { GatewayHeard, LeaseState, WorkBacklog } from '../platform-state.ts'

/** See Store. */
export async function workBacklog(db: Connection): Promise<WorkBacklog> {
  const { rows } = await sql<WorkBacklog>`select count(*) filter (where due_at <= now())::int as due,
      coalesce(max(extract(epoch from now() - due_at) * 1000) filter (where due_at <= now()), 0)::double precision as "oldestDueMs",
      count(*) filter (where attempts > 0)::int as failing
    from work`.execute(db)
  return rows[0] ?? { due: 0, oldestDueMs: 0, failing: 0 }
}

/** See Store. */
export async function listGateways(db: Connection): Promise<readonly GatewayHeard[]> {
  const { rows } = await sql<GatewayHeard>`select node,
      greatest(0, extract(epoch from now() - heard_at) * 1000)::double precision as "heardMsAgo"
    from gateway_nodes order by node`.execute(db)
  return rows
}

/** See Store. */
export async function leaseState(db: Connection, name: string): Promise<LeaseState | undefined> {
  const { rows } = await sql<LeaseState>`select holder,
      (extract(epoch from until - now()) * 1000)::double precision as "leftMs"
    from leases where name = ${name}`.execute(db)
  return rows[0]
}
