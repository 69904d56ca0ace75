// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { KINDS } from './index.ts'

/** The numbers that users and scripts rely on: kind, HTTP status, Kafka error code, exit code. */
const PROMISED = [
  ['invalid', 400, 42, 2],
  ['unauthenticated', 401, 58, 3],
  ['forbidden', 403, 29, 4],
  ['absent', 404, 3, 5],
  ['conflict', 409, 36, 6],
  ['refused', 422, 44, 7],
  ['exhausted', 429, 89, 8],
  ['unsupported', 501, 35, 9],
  ['unavailable', 503, 15, 10],
  ['timeout', 504, 7, 11],
  ['cancelled', 499, 7, 12],
  ['corrupt', 500, 2, 13],
  ['bug', 500, -1, 1],
]

test('every kind keeps the status it has at each edge', () => {
  expect(Object.entries(KINDS).map(([kind, { http, kafka, exit }]) => [kind, http, kafka, exit])).toEqual(PROMISED)
})

test('each kind has an exit code of its own, and none of them is success', () => {
  const exits = Object.values(KINDS).map(({ exit }) => exit)
  expect(new Set(exits).size).toBe(exits.length)
  expect(exits).not.toContain(0)
})

test('only failures that may pass by themselves ask a client to try again', () => {
  const retriable = Object.entries(KINDS).flatMap(([kind, meaning]) => (meaning.retriable ? [kind] : []))
  expect(retriable).toEqual(['exhausted', 'unavailable', 'timeout'])
})
