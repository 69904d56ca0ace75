// SPDX-License-Identifier: Apache-2.0
/** Sends some audit records, in order per key, and returns when all of them are in Kafka. */
import type { AuditRecord } from '@kaas/store'
import { auditMessageOf } from './audit-message.ts'
import { type AuditTarget, sendMessages } from './send-messages.ts'

/** Sends from the first on as many as go together; returns the last one that is in. Throws when one does not get in: send again then. */
export async function sendAudit(target: AuditTarget, records: readonly AuditRecord[]): Promise<AuditRecord> {
  const count = await sendMessages(target, records.map(auditMessageOf))
  const last = records[count - 1]
  if (last === undefined) throw new Error('There is nothing to send.')
  return last
}
