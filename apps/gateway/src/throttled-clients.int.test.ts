// SPDX-License-Identifier: Apache-2.0
/** A tenant beyond one of its rates: its clients rest or wait for their turn, are told for how long, and a neighbour notices nothing. */
import type { TenantLimits } from '@kaas/domain'
import { decodeResponse, encodeResponse, heartbeat } from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import type { RawClient } from '../test/raw-client.ts'
import { createMetrics } from './metrics.ts'
import type { LimitCounts } from './traffic.ts'

/** A heartbeat with a member id of this length is nearly all of a request. */
const REQUEST_BYTES = 20_000
const LIMIT = 50_000
const REQUESTS_PER_SECOND = 20
const CONNECTIONS_PER_SECOND = 2
const roomy = { partitions: 1, retentionMs: 1, connections: 1000 }
const large = { groupId: 'g', generationId: 1, memberId: 'm'.repeat(REQUEST_BYTES) }
const small = { groupId: 'g', generationId: 1, memberId: 'm' }
let loopback: LoopbackGateway

beforeAll(async () => {
  loopback = await startLoopback(({ header, reply }) =>
    reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
  )
  const { clusters, tenants, version } = loopback.gateway.snapshot.toSnapshot()
  const [orders] = tenants
  if (orders === undefined) throw new Error('the loopback gateway has a tenant')
  const limited = { ...orders, limits: { ...orders.limits, produceBytesPerSecond: LIMIT, consumeBytesPerSecond: LIMIT } }
  const named = (name: string, rates: Partial<TenantLimits>) => ({ ...orders, name, limits: { ...roomy, ...rates } })
  const others = [
    named('shop', {}),
    named('chatty', { requestsPerSecond: REQUESTS_PER_SECOND }),
    named('stormy', { connectionsPerSecond: CONNECTIONS_PER_SECOND }),
    named('stuck', { connectionsPerSecond: 0.001 }),
    named('leaving', { connectionsPerSecond: 0.001 }),
  ]
  loopback.gateway.snapshot.apply({
    kind: 'full',
    snapshot: { version: version + 1, clusters, tenants: [limited, ...others] },
  })
})

afterAll(() => loopback.stop())

test('over several seconds no more passes than was ordered and one burst, over all connections of the tenant', async () => {
  const clients = await Promise.all([loopback.connectAndLogIn(), loopback.connectAndLogIn()])
  const neighbour = await loopback.connect()
  expect(await neighbour.logIn('shop.app')).toBe(0)
  const started = performance.now()
  const until = started + 4000
  const throttleTimes: number[] = []
  const neighbourMs: number[] = []
  const busy = clients.map(async (client) => {
    let sent = 0
    while (performance.now() < until) {
      throttleTimes.push((await client.ask(heartbeat, 4, large)).throttleTimeMs)
      sent += REQUEST_BYTES
    }
    return sent
  })
  while (performance.now() < until) neighbourMs.push(await timed(neighbour))
  const moved = (await Promise.all(busy)).reduce((sum, sent) => sum + sent, 0)
  const seconds = (performance.now() - started) / 1000
  // Each connection may overdraw by the request that it sends.
  expect(moved).toBeLessThan(LIMIT * (seconds + 1) + clients.length * REQUEST_BYTES * 1.2)
  expect(moved).toBeGreaterThan(LIMIT * (seconds - 1) * 0.8)
  expect(Math.max(...throttleTimes), 'what clients are told').toBeGreaterThan(100)
  // At their rate, the clients beyond it wait 800 ms for each request.
  expect(neighbourMs.toSorted((a, b) => a - b)[Math.floor(neighbourMs.length / 2)]).toBeLessThan(200)
})

test('however small its requests are, no more pass than a tenant may send, and none waits longer than for those before it', async () => {
  const clients = await Promise.all([loggedIn('chatty'), loggedIn('chatty'), loggedIn('chatty')])
  const neighbour = await loggedIn('shop')
  const each = 15
  const started = performance.now()
  const throttleTimes = clients.map(async (client) => {
    for (let sent = 0; sent < each; sent += 1) client.send(heartbeat, 4, small)
    const told: number[] = []
    while (told.length < each) told.push(decodeResponse(heartbeat, 4, await client.next()).message.throttleTimeMs)
    return told
  })
  for (let sent = 0; sent < each * 10; sent += 1) await timed(neighbour)
  const told = (await Promise.all(throttleTimes)).flat()
  const seconds = (performance.now() - started) / 1000
  // A second's worth at once, and one more for each connection: the last of each is answered before it is paid for.
  const waitedFor = each * clients.length - REQUESTS_PER_SECOND - clients.length
  expect(seconds).toBeGreaterThan((waitedFor / REQUESTS_PER_SECOND) * 0.98)
  expect(Math.max(...told)).toBeGreaterThan(0)
  expect(Math.max(...told), 'the debt of all connections').toBeLessThanOrEqual(
    (clients.length / REQUESTS_PER_SECOND) * 1000 + 10,
  )
  expect(countsOf('chatty').throttledRequests).toBeGreaterThan(0)
  expect(countsOf('shop').throttledRequests).toBe(0)
})

test('a storm of log-ins comes in at the rate of its tenant, one behind the other, and those of a neighbour at once', async () => {
  const logIns = 7
  const started = performance.now()
  const storm = Array.from({ length: logIns }, async () => (await loggedIn('stormy')).close())
  for (let neighbours = 0; neighbours < 10; neighbours += 1) (await loggedIn('shop')).close()
  await Promise.all(storm)
  const seconds = (performance.now() - started) / 1000
  expect(seconds).toBeGreaterThan(((logIns - CONNECTIONS_PER_SECOND - 1) / CONNECTIONS_PER_SECOND) * 0.98)
  expect(countsOf('stormy').refusedConnections).toBe(0)
  expect(countsOf('shop')).toMatchObject({ delayedConnections: 0, refusedConnections: 0 })
})

test('who would wait too long for its turn is closed without an answer, so that clients try again, and holds no place of strangers', async () => {
  await loggedIn('stuck')
  const late = await loopback.connect()
  const answer = late.logIn('stuck.app')
  answer.catch(() => {})
  await waitFor(() => countsOf('stuck').refusedConnections === 1, { what: 'the turn that does not come' })
  expect(loopback.gateway.traffic.unauthenticated).toBe(0)
  await expect(answer).rejects.toThrow('the gateway closed the connection')
  await waitFor(() => loopback.lines.some(({ reason }) => reason === 'limit-exceeded'), { what: 'the line of the log' })
  const page = await createMetrics({ gateway: loopback.gateway, stream: { isConnected: true, ageMs: 0 } }).metrics()
  expect(page).toContain('\nkaas_gateway_tenant_refused_connections_total{tenant="stuck"} 1\n')
  expect(page).toMatch(/\nkaas_gateway_tenant_throttled_requests_total\{tenant="chatty"\} [1-9]/)
})

test('who waits for her turn is told as anybody else that her tenant is paused', async () => {
  await loggedIn('leaving')
  const waiting = await loopback.connect()
  const answer = waiting.logIn('leaving.app')
  answer.catch(() => {})
  await waitFor(() => countsOf('leaving').refusedConnections === 1, { what: 'the turn that does not come' })
  const { snapshot } = loopback.gateway
  const tenant = snapshot.tenant('leaving')
  if (tenant === undefined) throw new Error('the tenant is there')
  snapshot.apply({ kind: 'tenant', version: snapshot.version + 1, tenant: { ...tenant, paused: true } })
  await expect(answer).rejects.toThrow('the gateway closed the connection')
  const ends = () => loopback.lines.filter((line) => line.tenant === 'leaving')
  await waitFor(() => ends().length === 2, { what: 'both lines of the log' })
  expect(ends()).toEqual(Array(2).fill(expect.objectContaining({ detail: 'Tenant "leaving" is paused.' })))
})

function countsOf(tenant: string): LimitCounts {
  return loopback.gateway.traffic.of(tenant).limited
}

async function loggedIn(tenant: string): Promise<RawClient> {
  const client = await loopback.connect()
  expect(await client.logIn(`${tenant}.app`)).toBe(0)
  return client
}

async function timed(client: RawClient): Promise<number> {
  const started = performance.now()
  expect((await client.ask(heartbeat, 4, small)).throttleTimeMs).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 2))
  return performance.now() - started
}
