// SPDX-License-Identifier: Apache-2.0
/** Appends to the audit log. */
import { randomUUID } from 'node:crypto'
import type { AuditEntry } from '../audit.ts'
import { type Connection, json } from '../database.ts'

/** See Store. */
export async function saveAudit(db: Connection, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, outcome, rule, before, after, remoteAddress } = entry
  await db
    .insertInto('audit')
    .values({
      id: randomUUID(),
      actor,
      action,
      subject,
      outcome,
      rule,
      before: before === undefined ? null : json(before),
      after: after === undefined ? null : json(after),
      remote_address: remoteAddress ?? null,
    })
    .execute()
}
