// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { healthOf, recordsIn, recordsOf } from './partition-sums.ts'

const PARTITION = { id: 0, leader: 1, replicas: [1, 2], inSync: [1, 2] }

describe('partitions', () => {
  test('count records beyond what a double can', () => {
    const far = { ...PARTITION, earliest: '1', latest: '9007199254740994' }
    expect(recordsIn([far, { ...far, id: 1 }])).toBe(18014398509481986n)
    expect(recordsOf(PARTITION)).toBeUndefined()
    expect(recordsIn([PARTITION])).toBe(0n)
  })

  test('say when somebody must look at them', () => {
    expect(healthOf(PARTITION)).toBe('good')
    expect(healthOf({ ...PARTITION, inSync: [1] })).toBe('behind')
    expect(healthOf({ ...PARTITION, leader: -1 })).toBe('leaderless')
  })
})
