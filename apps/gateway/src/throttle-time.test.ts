// SPDX-License-Identifier: Apache-2.0
import { APIS, decodeResponse, encodeResponse, fetch, produce } from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomMessage } from '../test/random-message.ts'
import { raiseThrottleTime, throttlePlaceOf } from './throttle-time.ts'

const LENGTH_BYTES = 4
const word = fc.stringMatching(/^[a-z]{1,8}$/)

test('in every API and version with the field it is raised, never lowered, and nothing else changes', () => {
  let tried = 0
  for (const api of APIS) {
    for (let version = api.versions[0]; version <= api.versions[1]; version += 1) {
      const place = throttlePlaceOf(api, version)
      if (place === undefined) continue
      tried += 1
      const [message] = fc.sample(
        randomMessage(api.response, version, () => word),
        { numRuns: 1, seed: 7 },
      )
      const before = { ...message, throttleTimeMs: 40, ...(api.key === produce.key ? { nodeEndpoints: [] } : {}) }
      for (const [waitMs, told] of [
        [1234.5, 1235],
        [10, 40],
      ] as const) {
        const frame = encodeResponse(api, version, 9, before as never)
        const untouched = decodeResponse(api, version, Buffer.from(frame.subarray(LENGTH_BYTES))).message
        raiseThrottleTime(place, frame, true, waitMs)
        const after = decodeResponse(api, version, frame.subarray(LENGTH_BYTES)).message
        expect(after, `${api.name} v${version}`).toEqual({ ...untouched, throttleTimeMs: told })
      }
    }
  }
  expect(tried).toBeGreaterThan(200)
})

test('a first piece is enough at the front, and at the end the whole is needed: bytes that are not known stay', () => {
  const front = throttlePlaceOf(fetch, 12)
  const end = throttlePlaceOf(produce, 9)
  if (front === undefined || end === undefined) throw new Error('both have a place')
  const piece = encodeResponse(fetch, 12, 1, { throttleTimeMs: 0, errorCode: 0, sessionId: 0, responses: [] }).subarray(
    0,
    14,
  )
  raiseThrottleTime(front, piece, false, 77)
  expect(piece.readInt32BE(9)).toBe(77)
  const start = Buffer.from('00000010000000010000', 'hex')
  raiseThrottleTime(end, start, false, 77)
  raiseThrottleTime(front, start, false, 77)
  expect(start.toString('hex')).toBe('00000010000000010000')
})
