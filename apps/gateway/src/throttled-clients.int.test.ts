// SPDX-License-Identifier: Apache-2.0
/** A tenant beyond its rate: its clients rest and are told for how long, and a neighbour notices nothing. */
import { encodeResponse, heartbeat } from '@kaas/kafka-protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LoopbackGateway, startLoopback } from '../test/loopback-gateway.ts'
import type { RawClient } from '../test/raw-client.ts'

/** A heartbeat with a member id of this length is nearly all of a request. */
const REQUEST_BYTES = 20_000
const LIMIT = 50_000
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
  const shop = { ...orders, name: 'shop' }
  loopback.gateway.snapshot.apply({ kind: 'full', snapshot: { version: version + 1, clusters, tenants: [limited, shop] } })
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
  expect(neighbourMs.length).toBeGreaterThan(100)
  expect(neighbourMs.toSorted((a, b) => a - b)[Math.floor(neighbourMs.length * 0.95)]).toBeLessThan(100)
})

async function timed(client: RawClient): Promise<number> {
  const started = performance.now()
  expect((await client.ask(heartbeat, 4, small)).throttleTimeMs).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 2))
  return performance.now() - started
}
