// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { gatewayFacts } from './gateway-facts.ts'

test('how often and by what is in words, and other records have nothing of it', () => {
  const after = {
    gateway: 'node-1',
    number: 4,
    count: 12,
    first: '2026-01-31T08:00:00.000Z',
    last: '2026-01-31T08:00:59.000Z',
  }
  expect(gatewayFacts({ ...after, mechanism: 'PLAIN' })).toEqual({
    gateway: 'node-1',
    times: '12 times',
    first: after.first,
    last: after.last,
    by: 'PLAIN',
  })
  expect(gatewayFacts({ ...after, count: 1 }).times).toBe('1 time')
  expect(gatewayFacts(undefined)).toEqual({})
  expect(gatewayFacts({ spec: {} })).toEqual({})
})
