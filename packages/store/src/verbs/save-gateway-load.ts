// SPDX-License-Identifier: Apache-2.0
/** Keeps what one gateway tells, and sums up what all that are alive have told. */
import type { GatewayLoad } from '@kaas/domain'
import { sql } from 'kysely'
import { type Connection, inTransaction } from '../database.ts'
import type { TotalLoad } from '../gateway-load.ts'

/** A gateway that told nothing for so long has given back what it had: it reports every two seconds. */
const ALIVE = sql`now() - interval '7 seconds'`
/** Rows of gateways that are gone are of no use; they are removed by those that live. */
const FORGOTTEN = sql`now() - interval '1 minute'`

/** See Store. */
export async function saveGatewayLoad(
  db: Connection,
  { node, tenants }: GatewayLoad,
): Promise<{ readonly nodes: number; readonly totals: readonly TotalLoad[] }> {
  await inTransaction(db, async (transaction) => {
    await sql`insert into gateway_nodes (node) values (${node})
      on conflict (node) do update set heard_at = now()`.execute(transaction)
    await sql`delete from gateway_nodes where heard_at < ${FORGOTTEN}`.execute(transaction)
    await sql`delete from gateway_load where node = ${node}`.execute(transaction)
    await sql`insert into gateway_load (node, tenant, produce, consume, connections, requests, new_connections)
      select ${node}, tenant, max(produce), max(consume), max(connections), max(requests), max(new_connections)
      from json_to_recordset(${JSON.stringify(tenants.map(rowOf))}::json)
        as told (tenant text, produce double precision, consume double precision, connections integer,
          requests double precision, new_connections double precision)
      group by tenant`.execute(transaction)
  })
  const { rows: nodes } = await sql<{ count: string }>`
    select count(*) from gateway_nodes where heard_at > ${ALIVE}`.execute(db)
  const { rows: totals } = await sql<TotalLoad>`
    select tenant, sum(produce) as produce, sum(consume) as consume,
      sum(requests) as requests, sum(new_connections) as "newConnections",
      coalesce(sum(connections) filter (where node <> ${node}), 0)::integer as "connectionsElsewhere"
    from gateway_load join gateway_nodes using (node) where heard_at > ${ALIVE} group by tenant`.execute(db)
  return { nodes: Number(nodes[0]?.count ?? 1), totals }
}

function rowOf(told: GatewayLoad['tenants'][number]) {
  return {
    tenant: told.name,
    produce: told.produceBytesPerSecond,
    consume: told.consumeBytesPerSecond,
    connections: told.connections,
    requests: told.requestsPerSecond,
    new_connections: told.connectionsPerSecond,
  }
}
