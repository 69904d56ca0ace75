// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { sayMove, sayPartitions, sumOfLags } from './group-words.ts'

describe('groups in words', () => {
  test('join runs of partitions, whatever their order', () => {
    expect(sayPartitions([7, 0, 2, 1, 3])).toBe('0–3, 7')
    expect(sayPartitions([])).toBe('')
  })

  test('count lags exactly and leave out what is not known', () => {
    expect(sumOfLags(['9007199254740993', undefined, '1'])).toBe('9007199254740994')
    expect(sumOfLags([undefined])).toBeUndefined()
  })

  test('say by how much an offset moves', () => {
    expect(sayMove('10', '1210')).toBe('+1,200')
    expect(sayMove('10', '7')).toBe('-3')
    expect(sayMove('10', '10')).toBe('unchanged')
    expect(sayMove(undefined, '10')).toBeUndefined()
  })
})
