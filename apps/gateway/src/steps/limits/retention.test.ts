// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { TENANT } from '../../../test/step-context.ts'
import { defaultRetention, exceedsRetention, retentionRefusal } from './retention.ts'

test.each([
  ['86400000', false],
  ['86400001', true],
  ['0', false],
  ['-1', true],
  ['9223372036854775807', true],
  ['-2', false],
  ['soon', false],
  ['1e99', false],
  ['', false],
])('a retention of %s is beyond one day: %s', (value, expected) => {
  expect(exceedsRetention(value, TENANT)).toBe(expected)
})

test('a retention that is not known counts as too long', () => {
  expect(exceedsRetention(undefined, TENANT)).toBe(true)
  expect(exceedsRetention(null, TENANT)).toBe(true)
})

test('the refusal says limit, wish and what to do', () => {
  expect(retentionRefusal('-1', TENANT)).toMatch(
    /at most 86400000 ms \(1d\); retention.ms=-1 would keep data without end.*raise/,
  )
  expect(retentionRefusal('86400001', TENANT)).toContain('retention.ms=86400001 is longer')
})

test('the default of the brokers is understood in each of its units, and the topic’s own value is not taken for it', () => {
  const own = { name: 'retention.ms', value: '5', source: 1 }
  const hours = { name: 'log.retention.hours', value: '168', source: 5 }
  expect(defaultRetention([own, hours])).toBe('604800000')
  expect(defaultRetention([{ name: 'log.retention.minutes', value: '2', source: 4 }, hours])).toBe('120000')
  expect(defaultRetention([{ name: 'log.retention.ms', value: '-1', source: 2 }, hours])).toBe('-1')
  expect(defaultRetention([{ name: 'log.retention.hours', value: '-1', source: 4 }])).toBe('-1')
  expect(defaultRetention([own])).toBeUndefined()
})
