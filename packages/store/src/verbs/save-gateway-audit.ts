// SPDX-License-Identifier: Apache-2.0
/** Appends what a gateway saw to the audit log, each number once. */
import { sql } from 'kysely'
import type { NumberedEntry } from '../audit.ts'
import { type Connection, inTransaction } from '../database.ts'
import { saveAudit } from './save-audit.ts'

/** A gateway that was not heard for so long has no more answers to lose. */
const FORGOTTEN = sql`now() - interval '30 days'`

/** See Store. `key` is that of the chain. */
export function saveGatewayAudit(
  connection: Connection,
  key: Buffer,
  node: string,
  numbered: readonly NumberedEntry[],
): Promise<number> {
  return inTransaction(connection, async (db) => {
    const savedThrough = await lockNode(db, node)
    const fresh = numbered.filter(({ sequence }) => sequence > savedThrough)
    const through = fresh.reduce((highest, { sequence }) => Math.max(highest, sequence), savedThrough)
    if (fresh.length === 0) return through
    await sql`update gateway_audit set sequence = ${through}, heard_at = now() where node = ${node}`.execute(db)
    await sql`delete from gateway_audit where heard_at < ${FORGOTTEN}`.execute(db)
    for (const { entry } of fresh) await saveAudit(db, key, entry)
    return through
  })
}

/** Two reports of one gateway, the second sent because the first took long, wait for each other here. */
async function lockNode(db: Connection, node: string): Promise<number> {
  await sql`insert into gateway_audit (node, sequence) values (${node}, 0) on conflict do nothing`.execute(db)
  const { rows } = await sql<{ sequence: string }>`
    select sequence from gateway_audit where node = ${node} for update`.execute(db)
  return Number(rows[0]?.sequence ?? 0)
}
