// SPDX-License-Identifier: Apache-2.0
/** Deletes old events and audit records. The audit chain then begins behind the last one that went, which is sealed as well. */
import { sql } from 'kysely'
import { sealOfTrim } from '../audit-chain.ts'
import { type Connection, inTransaction } from '../database.ts'
import type { HistoryKept } from '../store.ts'

/** See Store. `auditKey` is that of the chain. */
export async function trimHistory(connection: Connection, auditKey: Buffer, kept: HistoryKept): Promise<number> {
  const events = await connection.deleteFrom('events').where('at', '<', before(kept.eventsMs)).executeTakeFirst()
  return Number(events.numDeletedRows) + (await trimAudit(connection, auditKey, kept))
}

function before(milliseconds: number) {
  return sql<Date>`now() - ${milliseconds} * interval '1 millisecond'`
}

function trimAudit(connection: Connection, auditKey: Buffer, { auditMs, auditSentBy }: HistoryKept): Promise<number> {
  return inTransaction(connection, async (db) => {
    const last = await db
      .selectFrom('audit')
      .select(['sequence', 'hash'])
      .where('at', '<', before(auditMs))
      .$if(auditSentBy !== undefined, (select) =>
        select.where('sequence', '<=', (eb) =>
          eb
            .selectFrom('leases')
            .select('position')
            .where('name', '=', auditSentBy ?? ''),
        ),
      )
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (last === undefined) return 0
    const { sequence, hash } = last
    await db
      .updateTable('audit_chain')
      .set({ trimmed_through: sequence, trimmed_hash: hash, trim_seal: sealOfTrim(auditKey, sequence, hash) })
      .where('trimmed_through', '<', sequence)
      .execute()
    return Number((await db.deleteFrom('audit').where('sequence', '<=', sequence).executeTakeFirst()).numDeletedRows)
  })
}
