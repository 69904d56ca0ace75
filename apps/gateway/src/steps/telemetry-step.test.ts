// SPDX-License-Identifier: Apache-2.0
import {
  decodeResponse,
  ERROR_CODES,
  encodeResponse,
  getTelemetrySubscriptions,
  pushTelemetry,
  type ResponseOf,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { stepContext } from '../../test/step-context.ts'
import type { Message } from '../step.ts'
import { createTelemetryStep } from './telemetry-step.ts'

const NO_ID = '0'.repeat(32)
const step = createTelemetryStep()

test('a client without an id gets one of its own, and what it is to push: little, and not often', () => {
  const [one, other] = [ask(NO_ID), ask(NO_ID)]
  expect(one.clientInstanceId).toMatch(/^[0-9a-f]{32}$/)
  expect(one.clientInstanceId).not.toBe(other.clientInstanceId)
  expect(one).toMatchObject({ errorCode: 0, pushIntervalMs: 300_000, acceptedCompressionTypes: [4, 3, 1, 2] })
  expect(one.requestedMetrics.every((metric) => /^org\.apache\.kafka\..*\.connection\.creation\.$/.test(metric))).toBe(true)
})

test('a client keeps its id, and its push for the subscription of that id is taken', () => {
  const id = 'c'.repeat(32)
  const { clientInstanceId, subscriptionId } = ask(id)
  expect(clientInstanceId).toBe(id)
  const push = { clientInstanceId, subscriptionId, terminating: false, compressionType: 0, metrics: Buffer.from('m') }
  const context = stepContext(pushTelemetry, 0)
  expect(step.request?.(context, push)).toEqual({ kind: 'reply', response: { throttleTimeMs: 0, errorCode: 0 } })
  expect(context.telemetry).toMatchObject({ pushes: 1, bytes: 1 })
})

test('an id that another tenant uses as well tells nothing of it: each tenant has its own', () => {
  const id = 'd'.repeat(32)
  const first = stepContext(getTelemetrySubscriptions, 0)
  for (const [context, error] of [
    [first, 0],
    [first, ERROR_CODES.THROTTLING_QUOTA_EXCEEDED],
    [stepContext(getTelemetrySubscriptions, 0), 0],
  ] as const) {
    const result = step.request?.(context, { clientInstanceId: id })
    expect(result).toMatchObject({ kind: 'reply', response: { errorCode: error } })
  }
})

/** What the client reads, through the codec. */
function ask(clientInstanceId: string): ResponseOf<typeof getTelemetrySubscriptions> {
  const result = step.request?.(stepContext(getTelemetrySubscriptions, 0), { clientInstanceId })
  const { response } = result as { readonly response: Message }
  const frame = encodeResponse(getTelemetrySubscriptions, 0, 1, response as never)
  return decodeResponse(getTelemetrySubscriptions, 0, frame.subarray(4)).message
}
