// SPDX-License-Identifier: Apache-2.0
/** Compares the audit log with its seals: nothing was changed, nothing left out, nothing cut off at either end. */
import type { AuditCheck, AuditRecord } from '../audit.ts'
import { hashOfRecord, sealOfTrim } from '../audit-chain.ts'
import { recordOfRow } from '../audit-row.ts'
import type { AuditChainTable, Connection } from '../database.ts'

const BATCH = 1000
const MOST_PROBLEMS = 100

/** See Store. Records that are written meanwhile are not looked at; when old ones are deleted meanwhile, it begins again. */
export async function checkAudit(db: Connection, key: Buffer): Promise<AuditCheck> {
  const chain = await db.selectFrom('audit_chain').selectAll().executeTakeFirstOrThrow()
  const check = await checkChain(db, key, chain)
  const { trimmed_through: begin } = await db.selectFrom('audit_chain').select('trimmed_through').executeTakeFirstOrThrow()
  return begin === chain.trimmed_through ? check : await checkAudit(db, key)
}

async function checkChain(db: Connection, key: Buffer, chain: AuditChainTable): Promise<AuditCheck> {
  const problems: { sequence: number; message: string }[] = []
  const say = (sequence: number, message: string) => {
    if (problems.length < MOST_PROBLEMS) problems.push({ sequence, message })
  }
  const { trimmed_through: begin, trimmed_hash: beginHash, trim_seal: seal } = chain
  const isBegin = beginHash === '' ? seal === '' : seal === sealOfTrim(key, begin, beginHash)
  if (!isBegin) say(begin, 'The mark of the oldest record was changed: older records may have been deleted by hand.')
  const walk = { records: 0, at: begin, hash: beginHash }
  for await (const record of recordsBetween(db, begin, chain.sequence)) {
    if (record.sequence !== walk.at + 1) say(walk.at + 1, `${record.sequence - walk.at - 1} records are missing here.`)
    else if (record.hash !== hashOfRecord(key, walk.hash, contentOf(record)))
      say(record.sequence, `${where(record)} was changed.`)
    walk.records += 1
    walk.at = record.sequence
    walk.hash = record.hash
  }
  if (walk.at !== chain.sequence || walk.hash !== chain.hash) say(walk.at + 1, 'Records at the end are missing.')
  const unsealed = await countUpTo(db, begin)
  const ends = walk.records === 0 ? {} : { first: begin + 1, last: walk.at }
  return { records: walk.records, unsealed, ...ends, head: chain.hash, problems }
}

async function* recordsBetween(db: Connection, after: number, last: number): AsyncGenerator<AuditRecord> {
  for (let from = after; ; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('sequence', '>', from)
      .where('sequence', '<=', last)
      .orderBy('sequence')
      .limit(BATCH)
      .execute()
    yield* rows.map(recordOfRow)
    const end = rows.at(-1)
    if (end === undefined) return
    from = end.sequence
  }
}

async function countUpTo(db: Connection, sequence: number): Promise<number> {
  const { count } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('sequence', '<=', sequence)
    .executeTakeFirstOrThrow()
  return count
}

function contentOf({ hash: _, ...content }: AuditRecord): Omit<AuditRecord, 'hash'> {
  return content
}

function where({ action, subject, at }: AuditRecord): string {
  return `The record of ${action} on ${subject} at ${at.toISOString()}, or the one before it,`
}
