// SPDX-License-Identifier: Apache-2.0
/** The audit log for spreadsheets. A cell that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). */
import type { AuditEventAnswer } from '@kaas/http-contract'

const COLUMNS: Readonly<Record<string, (event: AuditEventAnswer) => unknown>> = {
  time: ({ time }) => time,
  sequence: ({ sequence }) => Number(sequence),
  actor: ({ data }) => data.actor,
  actorKind: ({ data }) => data.actorKind,
  action: ({ data }) => data.action,
  subject: ({ subject }) => subject,
  outcome: ({ data }) => data.outcome,
  rule: ({ data }) => data.rule,
  role: ({ data }) => data.role,
  binding: ({ data }) => data.binding,
  message: ({ data }) => data.message,
  tenant: ({ data }) => data.tenant,
  team: ({ data }) => data.team,
  via: ({ data }) => data.via,
  provider: ({ data }) => data.provider,
  session: ({ data }) => data.session,
  remoteAddress: ({ data }) => data.remoteAddress,
  requestId: ({ data }) => data.requestId,
  changes: ({ data }) => (data.changes.length === 0 ? undefined : JSON.stringify(data.changes)),
  id: ({ id }) => id,
}

/** The first line. */
export const AUDIT_CSV_HEADER = `${Object.keys(COLUMNS).join(',')}\r\n`

/** One line (RFC 4180). */
export function renderAuditLine(event: AuditEventAnswer): string {
  return `${Object.values(COLUMNS)
    .map((cellOf) => renderCell(cellOf(event)))
    .join(',')}\r\n`
}

function renderCell(value: unknown): string {
  if (value === undefined) return ''
  const text = String(value)
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
