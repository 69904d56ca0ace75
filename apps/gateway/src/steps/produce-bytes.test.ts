// SPDX-License-Identifier: Apache-2.0
import { encodeRequest, encodeResponse, produce, type ResponseInput, readRequestHeader } from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasOnlySuccesses, passesProduce } from './produce-bytes.ts'

const success = { index: 3, errorCode: 0, baseOffset: 7n, logAppendTimeMs: -1n, logStartOffset: 0n }
const topicId = '0'.repeat(31)

test('a Produce outside transactions passes from v13 on, one inside or with names does not', () => {
  expect(requestPasses(13, null)).toBe(true)
  expect(requestPasses(13, 'payments')).toBe(false)
  expect(passesProduce(produce.key, 12)).toBeUndefined()
})

test('a response with nothing but successes passes, whatever its size', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 20 }), { maxLength: 20 }), (topics) => {
      const responses = topics.map((indexes, n) => ({
        topicId: `${topicId}${n % 10}`,
        partitionResponses: indexes.map((index) => ({ ...success, index })),
      }))
      expect(hasOnlySuccesses(response({ responses, throttleTimeMs: 5 }))).toBe(true)
    }),
  )
})

test('a response with an error, a message, a new leader, an address or a tag that is not known is decoded', () => {
  const withPartition = (partition: object): ResponseInput<typeof produce> => ({
    responses: [{ topicId: `${topicId}0`, partitionResponses: [success, { ...success, ...partition }] }],
    throttleTimeMs: 0,
  })
  const endpoint = { nodeId: 1, host: 'broker-1', port: 9092, rack: null }
  for (const message of [
    withPartition({ errorCode: 6 }),
    withPartition({ errorMessage: 'orders.payments' }),
    withPartition({ recordErrors: [{ batchIndex: 0, batchIndexErrorMessage: 'orders.payments' }] }),
    withPartition({ currentLeader: { leaderId: 1, leaderEpoch: 2 } }),
    { ...withPartition({}), nodeEndpoints: [endpoint] },
  ]) {
    expect(hasOnlySuccesses(response(message))).toBe(false)
  }
})

test('a response that is cut off or has bytes left over is decoded, and so refused', () => {
  const whole = response({ responses: [{ topicId: `${topicId}0`, partitionResponses: [success] }], throttleTimeMs: 0 })
  for (let length = 4; length < whole.length; length++) expect(hasOnlySuccesses(whole.subarray(0, length))).toBe(false)
  expect(hasOnlySuccesses(Buffer.concat([whole, Buffer.of(0)]))).toBe(false)
})

function requestPasses(version: number, transactionalId: string | null): boolean | undefined {
  const message = { transactionalId, acks: -1, timeoutMs: 1, topicData: [] }
  const frame = encodeRequest(produce, version, { correlationId: 1, clientId: 'x' }, message)
  const bodyOffset = 4 + readRequestHeader(frame.subarray(4)).bodyOffset
  return passesProduce(produce.key, version)?.request?.(frame, bodyOffset)
}

function response(message: ResponseInput<typeof produce>): Buffer {
  return encodeResponse(produce, 13, 1, message)
}
