// SPDX-License-Identifier: Apache-2.0
/** Answers that take long, as a tail of messages does, end with the right to them. The route here only waits; all around it is real. */
import { setTimeout as sleep } from 'node:timers/promises'
import { API_VERSION } from '@kaas/domain'
import { createClient, describeKind, type Route } from '@kaas/http-contract'
import type { Log } from '@kaas/telemetry'
import { databaseEngines } from '@kaas/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { EventHub } from '../../src/events/event-hub.ts'
import { createMetrics } from '../../src/metrics.ts'
import { addRoute } from '../../src/routes/add-route.ts'
import { buildServer, closeServer } from '../../src/server.ts'
import { Placements } from '../../src/tenants/placements.ts'

const TOKENS = { administrator: 'the-administrator-token', gateway: 'the-token-of-gateways' }
const SLOW: Route = {
  id: 'slow',
  method: 'GET',
  path: '/v1/tenants/{tenant}/slow',
  summary: 'Waits.',
  access: 'granted',
  right: { verb: 'read', kind: 'Message' },
  params: z.object({ tenant: z.string() }),
  answers: { 200: z.object({}) },
}
const LONGEST_MS = 75_000

const engine = databaseEngines()[1]
let url: string
let stop: () => Promise<void>

beforeAll(async () => {
  await engine?.start()
  const store = await (await engine?.newDatabase())?.open()
  if (store === undefined) throw new Error('There is no PostgreSQL.')
  const hub = await EventHub.open(store, SILENT)
  const services = { store, placements: new Placements(store), log: SILENT }
  const server = buildServer({ services, tokens: TOKENS, hub, metrics: createMetrics(), log: SILENT })
  addRoute(server, SLOW, ({ reply }) => {
    reply.hijack()
    reply.raw.writeHead(200).write('begun')
  })
  url = await server.listen({ host: '127.0.0.1', port: 0 })
  stop = async () => {
    hub.close()
    await closeServer(server)
    await store.close()
    await engine?.stop()
  }
})
afterAll(() => stop?.())

it('a tail ends soon after the right to read was taken, and one that is still allowed goes on', async () => {
  const root = createClient({ baseUrl: url, token: TOKENS.administrator, fetch })
  const put = (kind: 'Team' | 'Tenant' | 'RoleBinding' | 'Role', name: string, spec: object) =>
    root.put({ kind: describeKind(kind), name }, { apiVersion: API_VERSION, kind, metadata: { name }, spec })
  await put('Team', 'pay', {})
  await put('Tenant', 'orders', { team: 'pay', workload: { produce: '1MB/s', retention: '1d' } })
  const reader = async () => {
    const wanted = { name: 'reader', kind: 'machine', role: 'team-viewer', scope: { team: 'pay' }, expiresIn: '1d' } as const
    const { token, secret } = await root.createToken(wanted)
    const spec = { role: 'team-member', subjects: { tokens: [token.id] }, scope: { team: 'pay' } }
    await put('RoleBinding', `reads-${token.id}`, spec)
    const response = await fetch(`${url}/v1/tenants/orders/slow`, { headers: { authorization: `Bearer ${secret}` } })
    const ended = response.text().then(
      () => 'ended',
      () => 'cut',
    )
    return { id: token.id, ended }
  }
  const [first, second] = [await reader(), await reader()]
  await root.delete({ kind: describeKind('RoleBinding'), name: `reads-${first.id}` })
  expect(await Promise.race([first.ended, sleep(LONGEST_MS, 'open')])).toBe('cut')
  expect(await Promise.race([second.ended, sleep(100, 'open')])).toBe('open')
  await root.endToken(second.id)
  expect(await Promise.race([second.ended, sleep(LONGEST_MS, 'open')])).toBe('cut')
})

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }
