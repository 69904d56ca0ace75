// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { policiesIn } from './policies-in.ts'

test('the policies that a refusal names can be read, each once', () => {
  const sentences = [
    'At most 48 partitions. (policy few-partitions)',
    'Say why. (policy described)',
    'x (policy few-partitions)',
  ]
  expect(policiesIn(sentences)).toEqual(['few-partitions', 'described'])
  expect(policiesIn(['The policy of the house (policy ../audit)', 'There is a tenant of that name already.'])).toEqual([])
})
