// SPDX-License-Identifier: Apache-2.0
/**
 * The API over HTTP on a port of its own, over a real store, without reconciler and Kafka: what the reconciler would observe, a
 * test writes into the store itself.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type ApiClient, createClient } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { EventHub } from '../../src/events/event-hub.ts'
import { createMetrics } from '../../src/metrics.ts'
import { buildServer, closeServer, type ServerParts } from '../../src/server.ts'
import { ensureDefaults } from '../../src/services/ensure-defaults.ts'
import { Placements } from '../../src/tenants/placements.ts'

export const TOKENS = { administrator: 'the-administrator-token', gateway: 'the-token-of-gateways' } as const

/** A running API. `fetch` calls a path with the administrator's token, unless the options bring another header. */
export interface TestApi {
  readonly url: string
  readonly store: Store
  readonly client: ApiClient
  fetch(path: string, options?: RequestInit & { readonly token?: string | null }): Promise<Response>
  close(): Promise<void>
}

/** Serves `store`, which the API closes with itself. */
export async function startApi(
  store: Store,
  bootstrapAddress?: string,
  people: Pick<ServerParts, 'signIn' | 'trustedProxies'> = {},
): Promise<TestApi> {
  const services = { store, placements: new Placements(store), bootstrapAddress, log: SILENT }
  await ensureDefaults(services, undefined)
  const hub = await EventHub.open(store, SILENT)
  const metrics = createMetrics()
  const server = buildServer({ services, tokens: TOKENS, hub, metrics, log: SILENT, bootstrapAddress, ...people })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    store,
    client: createClient({ baseUrl: url, token: TOKENS.administrator, fetch }),
    fetch: (path, { token = TOKENS.administrator, ...options } = {}) =>
      fetch(`${url}${path}`, {
        ...options,
        headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...options.headers },
      }),
    close: async () => {
      hub.close()
      await closeServer(server)
      // Denials are written behind the answer.
      await sleep(20)
      await store.close()
    },
  }
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }
