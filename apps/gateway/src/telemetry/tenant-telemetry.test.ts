// SPDX-License-Identifier: Apache-2.0
import { ERROR_CODES } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { type Push, SUBSCRIPTION, subscriptionIdFor, TenantTelemetry } from './tenant-telemetry.ts'

const { INVALID_REQUEST, THROTTLING_QUOTA_EXCEEDED, UNKNOWN_SUBSCRIPTION_ID } = ERROR_CODES
const { TELEMETRY_TOO_LARGE, UNSUPPORTED_COMPRESSION_TYPE } = ERROR_CODES
const START_MS = 1_000_000
const INTERVAL_MS = SUBSCRIPTION.pushIntervalMs
const ID = 'a'.repeat(32)
const OTHER_ID = 'b'.repeat(32)

function pushOf(change: Partial<Push> = {}): Push {
  const { clientInstanceId = ID } = change
  const usual = { clientInstanceId, subscriptionId: subscriptionIdFor(clientInstanceId), terminating: false }
  return { ...usual, compressionType: 4, length: 100, ...change }
}

test('what a client pushes as often as it was told to is taken and counted', () => {
  const telemetry = new TenantTelemetry()
  expect(telemetry.asked(ID, START_MS)).toBe(0)
  expect(telemetry.pushed(pushOf(), START_MS + 1)).toBe(0)
  expect(telemetry.pushed(pushOf(), START_MS + 1 + INTERVAL_MS)).toBe(0)
  expect(telemetry.pushed(pushOf({ compressionType: 0 }), START_MS + 1 + 2 * INTERVAL_MS)).toBe(0)
  expect(telemetry).toMatchObject({ pushes: 3, bytes: 300, refused: 0 })
})

test('a client that comes too early is told so, but for its first push after a question and for its last of all', () => {
  const telemetry = new TenantTelemetry()
  telemetry.asked(ID, START_MS)
  expect(telemetry.asked(ID, START_MS + INTERVAL_MS - 1)).toBe(THROTTLING_QUOTA_EXCEEDED)
  expect(telemetry.pushed(pushOf(), START_MS + 5)).toBe(0)
  expect(telemetry.pushed(pushOf(), START_MS + 6)).toBe(THROTTLING_QUOTA_EXCEEDED)
  expect(telemetry.pushed(pushOf({ terminating: true }), START_MS + 7)).toBe(0)
  expect(telemetry).toMatchObject({ pushes: 2, bytes: 200, refused: 2 })
})

test('after its last push a client is not heard any more, and not counted', () => {
  const telemetry = new TenantTelemetry()
  telemetry.asked(ID, START_MS)
  telemetry.asked(OTHER_ID, START_MS)
  expect(telemetry.clientsAt(START_MS)).toBe(2)
  telemetry.pushed(pushOf({ terminating: true }), START_MS + 1)
  expect(telemetry.clientsAt(START_MS + 1)).toBe(1)
  expect(telemetry.pushed(pushOf(), START_MS + 1 + INTERVAL_MS)).toBe(INVALID_REQUEST)
})

test.each([
  ['without an id', { clientInstanceId: '0'.repeat(32) }, INVALID_REQUEST],
  ['for another subscription', { subscriptionId: 1 }, UNKNOWN_SUBSCRIPTION_ID],
  ['for the subscription of another client', { subscriptionId: subscriptionIdFor(OTHER_ID) }, UNKNOWN_SUBSCRIPTION_ID],
  ['compressed in no way that Kafka has', { compressionType: 5 }, UNSUPPORTED_COMPRESSION_TYPE],
  ['compressed by a negative number', { compressionType: -1 }, UNSUPPORTED_COMPRESSION_TYPE],
  ['that is too large', { length: SUBSCRIPTION.maxBytes + 1 }, TELEMETRY_TOO_LARGE],
])('a push %s is refused with its own error and no byte of it counts', (_, change, error) => {
  const telemetry = new TenantTelemetry()
  telemetry.asked(ID, START_MS)
  expect(telemetry.pushed(pushOf(change), START_MS + 1)).toBe(error)
  expect(telemetry).toMatchObject({ pushes: 0, bytes: 0, refused: 1 })
})

test('a client that was told of another subscription or compression may ask again at once', () => {
  const telemetry = new TenantTelemetry()
  telemetry.asked(ID, START_MS)
  telemetry.pushed(pushOf({ subscriptionId: 1 }), START_MS + 1)
  expect(telemetry.asked(ID, START_MS + 2)).toBe(0)
  telemetry.pushed(pushOf({ compressionType: 9 }), START_MS + 3)
  expect(telemetry.asked(ID, START_MS + 4)).toBe(0)
  telemetry.pushed(pushOf({ length: SUBSCRIPTION.maxBytes + 1 }), START_MS + 5)
  expect(telemetry.asked(ID, START_MS + 6)).toBe(THROTTLING_QUOTA_EXCEEDED)
})

test('a client may push to a gateway that it never asked: all gateways give the same subscription', () => {
  expect(new TenantTelemetry().pushed(pushOf(), START_MS)).toBe(0)
})

test('whoever makes up ids without end makes the gateway forget others, not grow', () => {
  const telemetry = new TenantTelemetry(SUBSCRIPTION, 3)
  for (let index = 0; index < 1000; index++) telemetry.asked(index.toString(16).padStart(32, '0'), START_MS + index)
  expect(telemetry.clientsAt(START_MS + 1000)).toBe(3)
})

test('clients that say nothing any more are not counted any more', () => {
  const telemetry = new TenantTelemetry()
  telemetry.asked(ID, START_MS)
  telemetry.asked(OTHER_ID, START_MS + 2 * INTERVAL_MS)
  expect(telemetry.clientsAt(START_MS + 3 * INTERVAL_MS)).toBe(2)
  expect(telemetry.clientsAt(START_MS + 3 * INTERVAL_MS + 1)).toBe(1)
})
