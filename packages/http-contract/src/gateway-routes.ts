// SPDX-License-Identifier: Apache-2.0
/** What gateways ask and tell: the snapshot that they serve from, their shares of the limits of tenants, and what belongs into the audit log. */
import {
  gatewayAuditSavedSchema,
  gatewayAuditSchema,
  gatewayLoadSchema,
  gatewaySharesSchema,
  snapshotEventSchema,
} from '@kaas/domain'
import type { Route } from './route.ts'

/** The routes of gateways. */
export const GATEWAY_ROUTES = {
  gatewaySnapshot: {
    id: 'gatewaySnapshot',
    method: 'GET',
    path: '/v1/gateway/snapshot',
    summary: 'The full state for gateways, then its changes.',
    access: 'gateway',
    answers: { 200: snapshotEventSchema },
    stream: true,
  },
  gatewayLoad: {
    id: 'gatewayLoad',
    method: 'POST',
    path: '/v1/gateway/load',
    summary: 'Takes what passes through a gateway, and answers its shares of the limits of tenants.',
    access: 'gateway',
    body: gatewayLoadSchema,
    answers: { 200: gatewaySharesSchema },
  },
  gatewayAudit: {
    id: 'gatewayAudit',
    method: 'POST',
    path: '/v1/gateway/audit',
    summary: 'Takes what a gateway has for the audit log; what was taken before is known by its number.',
    access: 'gateway',
    body: gatewayAuditSchema,
    answers: { 200: gatewayAuditSavedSchema },
  },
} as const satisfies Record<string, Route>
