// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { APIS, type Api, encodeRequest, encodeResponse, explainFrame, metadata, produce } from '../src/index.ts'
import { randomMessage } from './random-message.ts'

const LENGTH_BYTES = 4
const RUNS = { numRuns: 5 }

function everyVersion(): readonly { readonly api: Api; readonly version: number }[] {
  return APIS.flatMap((api) => {
    const [first, last] = api.versions
    return Array.from({ length: last - first + 1 }, (_, index) => ({ api, version: first + index }))
  })
}

describe('a frame is explained by a walk of its own over the descriptions, a second opinion on the codecs', () => {
  test('every request of every API and version is understood to its last byte', () => {
    for (const { api, version } of everyVersion()) {
      const messages = randomMessage(api.request, { version, flexible: version >= api.flexible })
      fc.assert(
        fc.property(messages, (message) => {
          const frame = encodeRequest(api, version, { correlationId: 7, clientId: 'c' }, message as never)
          const { problem, title } = explainFrame(frame.subarray(LENGTH_BYTES))
          expect(problem, title).toBeUndefined()
          expect(title).toBe(`${api.name} request v${version}`)
        }),
        RUNS,
      )
    }
  })

  test('and every response', () => {
    for (const { api, version } of everyVersion()) {
      const messages = randomMessage(api.response, { version, flexible: version >= api.flexible })
      fc.assert(
        fc.property(messages, (message) => {
          const frame = encodeResponse(api, version, 7, message as never).subarray(LENGTH_BYTES)
          expect(explainFrame(frame, { api, version }).problem, `${api.name} v${version}`).toBeUndefined()
        }),
        RUNS,
      )
    }
  })
})

test('names, values and places are those of the bytes', () => {
  const header = { correlationId: 258, clientId: 'rdkafka' }
  const frame = encodeRequest(metadata, 4, header, { topics: [{ name: 'payments' }], allowAutoTopicCreation: true })
  const { fields } = explainFrame(frame.subarray(LENGTH_BYTES))
  expect(fields.map(({ offset, depth, name, value }) => [offset, depth, name, value])).toEqual([
    [0, 0, 'apiKey', '3 (Metadata)'],
    [2, 0, 'apiVersion', '4'],
    [4, 0, 'correlationId', '258'],
    [8, 0, 'clientId', '"rdkafka"'],
    [17, 0, 'topics', '1 elements'],
    [21, 1, 'topics[0]', ''],
    [21, 2, 'name', '"payments"'],
    [31, 0, 'allowAutoTopicCreation', 'true'],
  ])
})

test('a frame that was cut off is explained up to the cut, and the offset is told', () => {
  const message = {
    acks: -1,
    timeoutMs: 1000,
    topicData: [{ name: 'payments', partitionData: [{ index: 3, records: Buffer.alloc(40) }] }],
  }
  const frame = encodeRequest(produce, 9, { correlationId: 1, clientId: null }, message)
  const { fields, problem } = explainFrame(frame.subarray(LENGTH_BYTES, frame.length - 10))
  expect(fields.at(-1)).toMatchObject({ name: 'index', value: '3' })
  expect(problem).toMatch(/^At offset \d+: /)
})

test('no bytes at all, random bytes and unknown keys are explained without an end of the program', () => {
  expect(explainFrame(Buffer.alloc(0)).problem).toMatch(/shorter than its header/)
  expect(explainFrame(Buffer.from('03e8000000000001ffff', 'hex'))).toMatchObject({ title: 'Unknown API 1000 request v0' })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      explainFrame(Buffer.from(bytes))
      explainFrame(Buffer.from(bytes), { api: metadata, version: 12 })
    }),
  )
})
