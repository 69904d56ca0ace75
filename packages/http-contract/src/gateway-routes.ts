// SPDX-License-Identifier: Apache-2.0
/** What gateways ask: the snapshot that they serve from, and their shares of the limits of tenants. */
import { gatewayLoadSchema, gatewaySharesSchema, snapshotEventSchema } from '@kaas/domain'
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
} as const satisfies Record<string, Route>
