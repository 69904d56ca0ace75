// SPDX-License-Identifier: Apache-2.0
import { decodeResponse, encodeResponse, fetch, type ResponseInput, UNKNOWN_TAGS } from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FetchEndpointsEraser } from './fetch-endpoints.ts'

type Response = ResponseInput<typeof fetch>
type Partition = Response['responses'][number]['partitions'][number]

const endpoint = { nodeId: 2, host: 'broker-2.internal', port: 19_092, rack: 'zone-b' }
const moved: Partition = {
  partitionIndex: 0,
  errorCode: 6,
  highWatermark: 5n,
  abortedTransactions: null,
  records: null,
  currentLeader: { leaderId: 2, leaderEpoch: 9 },
}
const full: Partition = {
  partitionIndex: 1,
  errorCode: 0,
  highWatermark: 70n,
  abortedTransactions: [
    { producerId: 3n, firstOffset: 4n },
    { producerId: 5n, firstOffset: 6n },
  ],
  records: Buffer.alloc(70_000, 0x2a),
  divergingEpoch: { epoch: 1, endOffset: 2n },
}
const quiet: Partition = { ...full, abortedTransactions: [], records: Buffer.alloc(0) }

test('addresses of new leaders are gone, however the response is cut into pieces, and all else is as it was', () => {
  const original = responseWith([endpoint, { ...endpoint, nodeId: 3 }])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40_000 }), { maxLength: 12 }), (cuts) => {
      const bytes = erased(original, cuts)
      expect(bytes).toHaveLength(original.length)
      expect(bytes.includes('broker-2.internal')).toBe(false)
      const { message } = decodeResponse(fetch, 17, bytes.subarray(4))
      expect(message.nodeEndpoints).toEqual([])
      const { [UNKNOWN_TAGS]: _, ...known } = message
      expect(known).toEqual(decodeResponse(fetch, 17, responseWith([]).subarray(4)).message)
    }),
    { numRuns: 200 },
  )
})

test('byte by byte as well', () => {
  const original = responseWith([endpoint])
  const bytes = erased(
    original,
    original.map(() => 1),
  )
  expect(decodeResponse(fetch, 17, bytes.subarray(4)).message.nodeEndpoints).toEqual([])
})

test('a response without addresses is not touched', () => {
  const original = responseWith([])
  expect(erased(original, [10, 100]).equals(original)).toBe(true)
})

test('fields of a newer Kafka stay', () => {
  const tags = [{ tag: 40, bytes: Buffer.from('broker of the future') }]
  const response = { ...message([endpoint]), [UNKNOWN_TAGS]: tags }
  const { message: read } = decodeResponse(fetch, 17, erased(encodeResponse(fetch, 17, 1, response), [33]).subarray(4))
  expect(read[UNKNOWN_TAGS]?.find(({ tag }) => tag === 40)?.bytes.toString()).toBe('broker of the future')
})

test('errors of partitions are told, also where a piece ends inside of one', () => {
  const refused = { ...moved, partitionIndex: 2, errorCode: 29 }
  const unknown = { ...quiet, partitionIndex: 3, errorCode: -1 }
  const responses = [{ topicId: 'ab'.repeat(16), partitions: [moved, full, refused, unknown, quiet] }]
  const original = encodeResponse(fetch, 17, 1, { ...message([endpoint]), responses })
  for (const cuts of [[], original.map(() => 1)]) {
    const codes: number[] = []
    erased(original, cuts, (code) => codes.push(code))
    expect(codes).toEqual([6, 29, -1])
  }
})

test('a number without an end is refused', () => {
  const frame = Buffer.alloc(64, 0xff)
  expect(() => new FetchEndpointsEraser(() => {}).piece(frame)).toThrow(/has no end/)
})

function message(nodeEndpoints: Response['nodeEndpoints']): Response {
  const topic = { topicId: 'ab'.repeat(16), partitions: [moved, full, quiet] }
  return { throttleTimeMs: 1, errorCode: 0, sessionId: 77, responses: [topic, { ...topic, partitions: [] }], nodeEndpoints }
}

function responseWith(nodeEndpoints: Response['nodeEndpoints']): Buffer {
  return encodeResponse(fetch, 17, 1, message(nodeEndpoints))
}

function erased(original: Buffer, cuts: Iterable<number>, error: (code: number) => void = () => {}): Buffer {
  const bytes = Buffer.from(original)
  const eraser = new FetchEndpointsEraser(error)
  let at = 0
  for (const cut of cuts) {
    eraser.piece(bytes.subarray(at, at + cut))
    at += cut
    if (at >= bytes.length) return bytes
  }
  eraser.piece(bytes.subarray(at))
  return bytes
}
