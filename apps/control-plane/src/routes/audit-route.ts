// SPDX-License-Identifier: Apache-2.0
/** The route of the audit log. Records leave as CloudEvents 1.0. */
import { type AuditEventAnswer, FIXED_ROUTES } from '@kaas/http-contract'
import type { AuditQuery, AuditRecord } from '@kaas/store'
import type { FastifyInstance } from 'fastify'
import type { ServiceParts } from '../services/service-parts.ts'
import { addRoute } from './add-route.ts'

/** Adds `GET /v1/audit`. */
export function addAuditRoute(server: FastifyInstance, { store }: ServiceParts): void {
  addRoute(server, FIXED_ROUTES.audit, async ({ query }) => {
    const { items, next } = await store.listAudit(query as unknown as AuditQuery)
    return { items: items.map(toCloudEvent), ...(next === undefined ? {} : { next }) }
  })
}

function toCloudEvent(record: AuditRecord): AuditEventAnswer {
  const { id, sequence: _, at, subject, action, ...data } = record
  return {
    specversion: '1.0',
    id,
    source: '/kaas/control-plane',
    type: `dev.kaas.audit.${action}`,
    subject,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    data: { ...data, action },
  }
}
