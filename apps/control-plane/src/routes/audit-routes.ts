// SPDX-License-Identifier: Apache-2.0
/** The routes of the audit log: pages, a file, a check. There is none that changes it. */
import { Readable } from 'node:stream'
import { withinOf } from '@kaas/domain'
import { FIXED_ROUTES } from '@kaas/http-contract'
import type { AuditFilter, AuditQuery } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import { AUDIT_CSV_HEADER, renderAuditLine } from '../audit/audit-csv.ts'
import { cloudEventOf } from '../audit/cloud-event-of.ts'
import type { Caller } from '../rights/rights.ts'
import { auditOf } from '../services/actor.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute, type Checked } from './add-route.ts'

const BATCH = 500

/** Adds them. */
export function addAuditRoutes(server: FastifyInstance, { store }: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.audit, async ({ query, caller }) => {
    const { limit, cursor, after, ...filter } = query as unknown as AuditQuery
    const place = { limit, ...(cursor === undefined ? {} : { cursor }), ...(after === undefined ? {} : { after }) }
    const { items, next } = await store.listAudit({ ...filterOf(filter, caller), ...place })
    return { items: items.map(cloudEventOf), ...(next === undefined ? {} : { next }) }
  })
  addRoute(server, FIXED_ROUTES.exportAudit, async ({ query: { format, ...filter }, actor, caller, reply }) => {
    await store.saveAudit({ ...auditOf(actor, 'export', '/v1/audit'), after: { format, ...filter } })
    const csv = format === 'csv'
    reply.type(csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
    reply.header('content-disposition', `attachment; filename="audit.${csv ? 'csv' : 'jsonl'}"`)
    return Readable.from(csv ? csvOf(store, filterOf(filter, caller)) : jsonLinesOf(store, filterOf(filter, caller)))
  })
  addRoute(server, FIXED_ROUTES.checkAudit, () => store.checkAudit())
}

/** What was asked for, of what she may see. */
function filterOf(query: Checked['query'], { grants }: Caller): AuditFilter {
  const within = withinOf(grants, 'read', 'Audit')
  const { from, until, ...same } = query as Readonly<Record<string, string>>
  return {
    ...same,
    ...(within === undefined ? {} : { within }),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(until === undefined ? {} : { until: new Date(until) }),
  }
}

async function* csvOf(store: ServiceParts['store'], filter: AuditFilter): AsyncGenerator<string> {
  yield AUDIT_CSV_HEADER
  for await (const items of pagesOf(store, filter)) yield items.map((each) => renderAuditLine(cloudEventOf(each))).join('')
}

async function* jsonLinesOf(store: ServiceParts['store'], filter: AuditFilter): AsyncGenerator<string> {
  for await (const items of pagesOf(store, filter)) {
    yield items.map((each) => `${JSON.stringify(cloudEventOf(each))}\n`).join('')
  }
}

async function* pagesOf(store: ServiceParts['store'], filter: AuditFilter) {
  let cursor: string | undefined
  do {
    const { items, next } = await store.listAudit({ ...filter, limit: BATCH, ...(cursor === undefined ? {} : { cursor }) })
    yield items
    cursor = next
  } while (cursor !== undefined)
}
