// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { asKaasError, KaasError } from './index.ts'

test('an error carries its code, its kind, a way out and what was thrown below', () => {
  const below = new Error('socket hang up')
  const error = new KaasError('kafka-unavailable', { message: 'Broker 1 does not answer.', help: 'Start it.', cause: below })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ code: 'kafka-unavailable', kind: 'unavailable', retriable: true, help: 'Start it.' })
  expect(error.cause).toBe(below)
  expect(error.fields).toEqual([])
})

test('an error without a cause has none, so that logs do not print "cause: undefined"', () => {
  expect('cause' in new KaasError('internal-bug', { message: 'x' })).toBe(false)
})

test('a KaasError passes an edge unchanged', () => {
  const error = new KaasError('not-allowed', { message: 'This topic is not yours.' })
  expect(asKaasError(error)).toBe(error)
})

test.each([
  ['an Error', new TypeError('x is not a function'), 'x is not a function'],
  ['a text', 'boom', 'boom'],
  ['nothing', undefined, 'undefined'],
])('%s that reaches an edge becomes a bug that keeps the original for the log', (_, thrown, message) => {
  const error = asKaasError(thrown)
  expect(error).toMatchObject({ code: 'internal-bug', kind: 'bug', retriable: false, message })
  expect(error.cause).toBe(thrown)
})
