// SPDX-License-Identifier: Apache-2.0
import { ERROR_CODES, encodeResponse, getTelemetrySubscriptions, heartbeat, pushTelemetry } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { startLoopback } from '../test/loopback-gateway.ts'
import { ApiTraffic, add, OTHER_TENANTS, placeOf } from './api-traffic.ts'
import { createMetrics } from './metrics.ts'
import { STEPS } from './pipeline.ts'
import { createErrorsStep } from './steps/errors-step.ts'
import { Traffic } from './traffic.ts'

const stream = { isConnected: true, ageMs: 0 }

test('an operator sees who asked what, how much went each way, how long it took, and who logged in how', async () => {
  const loopback = await startLoopback(({ header, reply }) =>
    reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode: 0 })),
  )
  const client = await loopback.connectAndLogIn()
  for (let count = 0; count < 3; count++) await client.ask(heartbeat, 4, { groupId: 'g', generationId: 1, memberId: 'm' })
  const page = await createMetrics({ gateway: loopback.gateway, stream }).metrics()
  const value = (series: string) => valueIn(page, series)
  expect(value('kaas_gateway_api_requests_total{tenant="orders",api="Heartbeat",direction="in"}')).toBe(3)
  expect(value('kaas_gateway_api_bytes_total{tenant="orders",api="Heartbeat",direction="in"}')).toBe(3 * 28)
  expect(value('kaas_gateway_api_bytes_total{tenant="orders",api="Heartbeat",direction="out"}')).toBe(3 * 16)
  expect(value('kaas_gateway_answer_seconds_bucket{api="Heartbeat",le="+Inf"}')).toBe(3)
  expect(value('kaas_gateway_answer_seconds_count{api="Heartbeat"}')).toBe(3)
  expect(value('kaas_gateway_logins_total{mechanism="SCRAM-SHA-512",result="success"}')).toBe(1)
  expect(value('kaas_gateway_snapshot_age_seconds')).toBe(0)
  await loopback.stop()
})

test('metrics that clients push are counted for their tenant, and no broker sees them', async () => {
  const forwarded: number[] = []
  const loopback = await startLoopback(({ header }) => void forwarded.push(header.apiKey), { steps: STEPS })
  const [client, other] = [await loopback.connectAndLogIn(), await loopback.connectAndLogIn()]
  for (const asking of [client, other]) {
    const asked = await asking.ask(getTelemetrySubscriptions, 0, { clientInstanceId: '0'.repeat(32) })
    const { clientInstanceId, subscriptionId } = asked
    const push = { clientInstanceId, subscriptionId, compressionType: 4, metrics: Buffer.alloc(100) }
    expect(await asking.ask(pushTelemetry, 0, { ...push, terminating: asking === other })).toMatchObject({ errorCode: 0 })
    const again = await asking.ask(pushTelemetry, 0, { ...push, terminating: false })
    expect(again.errorCode).not.toBe(0)
  }
  const page = await createMetrics({ gateway: loopback.gateway, stream }).metrics()
  const value = (name: string) => valueIn(page, `kaas_gateway_tenant_telemetry_${name}{tenant="orders"}`)
  expect(['clients', 'pushes_total', 'bytes_total', 'refused_total'].map(value)).toEqual([1, 2, 200, 2])
  expect(forwarded.filter((key) => key === getTelemetrySubscriptions.key || key === pushTelemetry.key)).toEqual([])
  await loopback.stop()
})

test('an operator sees which errors brokers answer to whom, and the audit log who was refused what', async () => {
  const codes = [0, ERROR_CODES.GROUP_AUTHORIZATION_FAILED, ERROR_CODES.REBALANCE_IN_PROGRESS, ERROR_CODES.NOT_COORDINATOR]
  let count = 0
  const loopback = await startLoopback(
    ({ header, reply }) => {
      const errorCode = codes[count++ % codes.length] ?? 0
      reply(encodeResponse(heartbeat, header.apiVersion, header.correlationId, { throttleTimeMs: 0, errorCode }))
    },
    { steps: [createErrorsStep()] },
  )
  const client = await loopback.connectAndLogIn()
  const beat = { groupId: 'g', generationId: 1, memberId: 'm' }
  for (let turn = 0; turn < 2 * codes.length; turn++) {
    expect((await client.ask(heartbeat, 4, beat)).errorCode).toBe(codes[turn % codes.length])
  }
  const page = await createMetrics({ gateway: loopback.gateway, stream }).metrics()
  const counted = page.split('\n').filter((line) => line.startsWith('kaas_gateway_api_errors_total'))
  const series = (error: string) => `kaas_gateway_api_errors_total{tenant="orders",api="Heartbeat",error="${error}"} 2`
  expect(counted).toEqual([series('not-authorized'), series('retriable'), series('other')])
  const events = loopback.gateway.journal.next(100, Date.now(), true).filter(({ action }) => action === 'refuse')
  expect(events).toMatchObject(
    [1, 1].map((count) => ({ rule: 'group-authorization-failed', user: 'orders.app', api: 'Heartbeat', count })),
  )
  await loopback.stop()
})

test('ten thousand tenants are not ten thousand times as many series: those beyond the first share one', async () => {
  const traffic = new Traffic(3)
  for (let index = 0; index < 10_000; index++) add(traffic.of(`tenant-${index}`).byApi.requests, placeOf(0), 1)
  expect([...traffic.apis.tenants.keys()]).toEqual(['tenant-0', 'tenant-1', 'tenant-2', OTHER_TENANTS])
  expect(traffic.apis.tenants.get(OTHER_TENANTS)?.requests[0]).toBe(9997)
  traffic.forget('tenant-1')
  traffic.of('late')
  expect([...traffic.apis.tenants.keys()]).not.toContain('tenant-1')
})

test.each([
  [-1, 93],
  [0, 0],
  [92, 92],
  [93, 93],
  [30_000, 93],
])('the API key %i is counted at place %i: clients cannot make series', (apiKey, place) => {
  expect(placeOf(apiKey)).toBe(place)
})

test('times fall into their bucket, the longest into the last', () => {
  const traffic = new ApiTraffic(1)
  for (const ms of [0, 5, 5.1, 600, 60_000]) traffic.answered(1, ms)
  expect([...(traffic.times[1]?.buckets ?? [])]).toEqual([2, 1, 0, 0, 1, 0, 1])
})

function valueIn(page: string, series: string): number {
  const line = page.split('\n').find((line) => line.startsWith(`${series} `))
  return Number(line?.split(' ')[1])
}
