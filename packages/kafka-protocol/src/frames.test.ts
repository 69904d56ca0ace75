// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { describe, expect, test } from 'vitest'
import { apiOf } from './apis.ts'
import {
  decodeRequestBody,
  decodeResponse,
  encodeRequest,
  encodeRequestChunks,
  encodeResponse,
  encodeResponseChunks,
} from './frames.ts'
import { readRequestHeader } from './header.ts'
import { produce } from './messages/00-produce.ts'
import { fetch } from './messages/01-fetch.ts'
import { metadata } from './messages/03-metadata.ts'
import { saslHandshake } from './messages/17-sasl-handshake.ts'
import { apiVersions } from './messages/18-api-versions.ts'

const HEADER = { correlationId: 7, clientId: 'orders' }
const LENGTH_BYTES = 4

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown instanceof KaasError ? thrown.code : String(thrown)
  }
}

describe('Request headers', () => {
  test('of flexible versions have a tagged section, older ones have none', () => {
    const v8 = encodeRequest(metadata, 8, HEADER, { topics: null }).subarray(LENGTH_BYTES)
    const v9 = encodeRequest(metadata, 9, HEADER, { topics: null }).subarray(LENGTH_BYTES)
    expect(readRequestHeader(v8)).toEqual({ apiKey: 3, apiVersion: 8, ...HEADER, bodyOffset: 16 })
    expect(readRequestHeader(v9)).toEqual({ apiKey: 3, apiVersion: 9, ...HEADER, bodyOffset: 17 })
  })

  test('of requests without a client id say so', () => {
    const frame = encodeRequest(saslHandshake, 1, { ...HEADER, clientId: null }, { mechanism: 'PLAIN' })
    expect(readRequestHeader(frame.subarray(LENGTH_BYTES))).toMatchObject({ clientId: null, bodyOffset: 10 })
  })

  test('keep tagged fields that no Kafka defines yet', () => {
    const tags = [{ tag: 3, bytes: Buffer.from('new') }]
    const frame = encodeRequest(metadata, 12, { ...HEADER, tags }, { topics: null }).subarray(LENGTH_BYTES)
    const header = readRequestHeader(frame)
    expect(header.tags).toEqual(tags)
    expect(decodeRequestBody(metadata, 12, frame, header.bodyOffset).topics).toBeNull()
    expect(encodeRequest(metadata, 12, header, { topics: null }).subarray(LENGTH_BYTES)).toEqual(frame)
  })

  test('of keys that Kafka does not have are read as far as all headers agree', () => {
    const frame = Buffer.from('2710000500000007' + '0002' + '6b31', 'hex')
    expect(readRequestHeader(frame)).toEqual({
      apiKey: 10_000,
      apiVersion: 5,
      correlationId: 7,
      clientId: 'k1',
      bodyOffset: 12,
    })
    expect(apiOf(10_000)).toBeUndefined()
    expect(apiOf(-1)).toBeUndefined()
  })

  test.each([
    '',
    '0003',
    '000300090000000700',
    '00030009000000070010' + '6162',
    '0003000900000007fffe',
    '00030009000000070000',
  ])('that are cut or claim too much are corrupt: %s', (hex) => {
    expect(codeOf(() => readRequestHeader(Buffer.from(hex, 'hex')))).toBe('frame-corrupt')
  })
})

describe('Responses', () => {
  test('to ApiVersions never have a tagged section in the header (KIP-511)', () => {
    const message = { errorCode: 0, apiKeys: [{ apiKey: 3, minVersion: 0, maxVersion: 13 }] }
    const frame = encodeResponse(apiVersions, 3, 7, message).subarray(LENGTH_BYTES)
    expect(frame.subarray(0, 7).toString('hex')).toBe('00000007' + '0000' + '02')
    expect(decodeResponse(apiVersions, 3, frame).message).toMatchObject(message)
  })

  test('to an ApiVersions request that is too new come in version 0, and are understood (KIP-511)', () => {
    const refusal = { errorCode: 35, apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 3 }] }
    const frame = encodeResponse(apiVersions, 0, 7, refusal).subarray(LENGTH_BYTES)
    expect(decodeResponse(apiVersions, 4, frame).message).toMatchObject(refusal)
  })

  test('carry the correlation id, and tagged fields of a header as they came', () => {
    const tags = [{ tag: 9, bytes: Buffer.from('x') }]
    const message = { brokers: [], topics: [] }
    const frame = encodeResponse(metadata, 12, { correlationId: -5, tags }, message).subarray(LENGTH_BYTES)
    expect(decodeResponse(metadata, 12, frame)).toMatchObject({ correlationId: -5, tags, message })
  })

  test('with bytes after their end are corrupt', () => {
    const frame = encodeResponse(metadata, 12, 7, { brokers: [], topics: [] }).subarray(LENGTH_BYTES)
    expect(codeOf(() => decodeResponse(metadata, 12, Buffer.concat([frame, Buffer.alloc(1)])))).toBe('frame-corrupt')
  })
})

describe('Frames', () => {
  const records = Buffer.alloc(20_000, 'r')
  const message = { acks: 1, timeoutMs: 5, topicData: [{ name: 't', partitionData: [{ index: 0, records }] }] }

  test('begin with the length of what follows', () => {
    const frame = encodeRequest(produce, 9, HEADER, message)
    expect(frame.readInt32BE(0)).toBe(frame.length - LENGTH_BYTES)
  })

  test('are the same in chunks, and chunks hold the records themselves', () => {
    const chunks = encodeRequestChunks(produce, 9, HEADER, message)
    expect(Buffer.concat(chunks)).toEqual(encodeRequest(produce, 9, HEADER, message))
    expect(chunks).toContain(records)
    const partition = { partitionIndex: 0, errorCode: 0, highWatermark: 1n, abortedTransactions: null, records }
    const answer = { throttleTimeMs: 0, responses: [{ topic: 't', partitions: [partition] }] }
    expect(Buffer.concat(encodeResponseChunks(fetch, 12, 7, answer))).toEqual(encodeResponse(fetch, 12, 7, answer))
  })

  test('give records as slices of themselves', () => {
    const frame = encodeRequest(produce, 9, HEADER, message).subarray(LENGTH_BYTES)
    const read = decodeRequestBody(produce, 9, frame, readRequestHeader(frame).bodyOffset)
    expect(read.topicData[0]?.partitionData[0]?.records?.buffer).toBe(frame.buffer)
  })

  test('after one that could not be written are not touched by it', () => {
    const before = encodeRequest(metadata, 12, HEADER, { topics: [] })
    expect(codeOf(() => encodeRequest(produce, 9, HEADER, { ...message, acks: 99_999 }))).toBe('internal-bug')
    expect(encodeRequest(metadata, 12, HEADER, { topics: [] })).toEqual(before)
  })

  test('of versions that Kafka 4.3 does not speak are refused', () => {
    expect(codeOf(() => encodeRequest(produce, 2, HEADER, message))).toBe('not-supported')
    expect(codeOf(() => decodeResponse(metadata, 14, Buffer.alloc(100)))).toBe('not-supported')
    expect(codeOf(() => decodeRequestBody(metadata, -1, Buffer.alloc(100), 10))).toBe('not-supported')
  })
})
