// SPDX-License-Identifier: Apache-2.0
/** The audit log: records as CloudEvents, how they are looked for, taken away as a file, and checked. */
import { z } from 'zod'
import type { CheckedCall } from '../call-api.ts'
import { LARGEST_PAGE } from '../query.ts'
import { changeSchema } from '../resource-answer.ts'
import type { Route } from '../route.ts'

/** One audit record as a CloudEvent 1.0 (JSON format). */
export const auditEventSchema = z
  .object({
    specversion: z.literal('1.0'),
    id: z.string(),
    source: z.string(),
    type: z.string().describe('`dev.kaas.audit.<action>`'),
    subject: z.string().describe('Path of the resource'),
    time: z.string(),
    datacontenttype: z.literal('application/json'),
    sequence: z.string().describe('Number of the record with leading zeros: sorts as text (CloudEvents extension)'),
    data: z.object({
      actor: z.string(),
      actorKind: z.string().describe('person, token, user, bootstrap, gateway, git, reconciler or anonymous'),
      provider: z.string().optional(),
      session: z.string().optional().describe('Id of the session or token that was used'),
      requestId: z.string().optional(),
      via: z.string().describe('api, git, reconciler or gateway'),
      action: z.string(),
      outcome: z.enum(['allowed', 'denied']),
      rule: z.string().describe('What decided'),
      role: z.string().optional(),
      binding: z.string().optional(),
      message: z.string().optional().describe('Why it was denied, or what a gateway saw'),
      tenant: z.string().optional(),
      team: z.string().optional(),
      remoteAddress: z.string().optional(),
      changes: z.array(changeSchema).describe('As the API shows them'),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
      hash: z.string().describe('Seals this record and all before it'),
    }),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEventAnswer = Readonly<z.infer<typeof auditEventSchema>>

const moment = z.iso.datetime({ offset: true, error: 'Write a time as 2026-01-31T08:00:00Z.' })
const filters = {
  subject: z.string().optional().describe('Path of a resource'),
  below: z.string().optional().describe('Path of a resource, for itself and all that is in it'),
  actor: z.string().optional(),
  action: z.string().optional(),
  tenant: z.string().optional(),
  team: z.string().optional(),
  outcome: z.enum(['allowed', 'denied']).optional(),
  from: moment.optional().describe('From this time on'),
  until: moment.optional().describe('Before this time'),
  text: z.string().max(200).optional().describe('Appears in actor, action, subject, rule or message'),
}

/** Of the audit log. */
export const auditQuerySchema = z.strictObject({
  ...filters,
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(100),
  cursor: z.string().optional(),
  after: z.coerce.number().int().min(0).optional().describe('Oldest first, behind this sequence: to follow the log'),
})
/** As a caller writes it; `limit` has a default. */
export type AuditQueryInput = z.input<typeof auditQuerySchema>

/** Of the log as a file. */
export const auditExportQuerySchema = z.strictObject({ ...filters, format: z.enum(['csv', 'jsonl']).default('jsonl') })
export type AuditExportQuery = z.input<typeof auditExportQuerySchema>

/** Whether the log is as it was written. */
export const auditCheckSchema = z.object({
  records: z.number().int(),
  unsealed: z.number().int().describe('Records from before the log was sealed'),
  first: z.number().int().optional().describe('Sequence of the oldest sealed record that is kept'),
  last: z.number().int().optional(),
  head: z.string().describe('Hash of the newest record: write it down elsewhere to see later that nothing was cut off'),
  problems: z.array(z.object({ sequence: z.number().int(), message: z.string() })),
})
export type AuditCheckAnswer = Readonly<z.infer<typeof auditCheckSchema>>

const page = z.object({ items: z.array(auditEventSchema), next: z.string().optional() })
/** One page of the log. */
export type AuditPage = Readonly<z.infer<typeof page>>

/** The routes of the audit log. None changes it. */
export const AUDIT_ROUTES = {
  audit: {
    id: 'audit',
    method: 'GET',
    path: '/v1/audit',
    summary: 'Who did what, newest first.',
    access: 'signed-in',
    query: auditQuerySchema,
    answers: { 200: page },
  },
  exportAudit: {
    id: 'exportAudit',
    method: 'GET',
    path: '/v1/audit/export',
    summary: 'The same as a file, newest first: CloudEvents as JSON lines, or CSV for spreadsheets. Audited.',
    access: 'signed-in',
    query: auditExportQuerySchema,
    answers: { 200: z.string() },
  },
  checkAudit: {
    id: 'checkAudit',
    method: 'GET',
    path: '/v1/audit/check',
    summary: 'Reads the whole log and compares it with its seals.',
    access: 'granted',
    right: { verb: 'read', kind: 'Audit' },
    answers: { 200: auditCheckSchema },
  },
} as const satisfies Record<string, Route>

/** Calls of the audit log. An export is a link of the browser: `auditExportPath`. */
export interface AuditCalls {
  audit(query?: AuditQueryInput): Promise<AuditPage>
  checkAudit(): Promise<AuditCheckAnswer>
}

/** Binds the calls. */
export function auditCalls(call: CheckedCall): AuditCalls {
  return {
    audit: (query = {}) => call(page, { path: '/v1/audit', query: { ...query } as Record<string, string | number> }),
    checkAudit: () => call(auditCheckSchema, { path: '/v1/audit/check' }),
  }
}

/** The address of the export. */
export function auditExportPath(query: AuditExportQuery): string {
  const given = Object.entries(query).filter((each): each is [string, string] => each[1] !== undefined)
  return `/v1/audit/export?${new URLSearchParams(given)}`
}
