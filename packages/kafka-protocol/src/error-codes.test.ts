// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { ERROR_CODES, errorName, isRetriable } from './error-codes.ts'

describe('Error codes of Kafka 4.3', () => {
  test('run from -1 to 133 without a gap, as in Kafka', () => {
    const codes = Object.values(ERROR_CODES).sort((a, b) => a - b)
    expect(codes).toEqual(Array.from({ length: 135 }, (_, i) => i - 1))
  })

  test('have names, and a code that is newer has one too', () => {
    expect(errorName(3)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
    expect(errorName(-1)).toBe('UNKNOWN_SERVER_ERROR')
    expect(errorName(999)).toBe('UNKNOWN_ERROR_CODE_999')
  })

  test('are retriable where a client may try again', () => {
    expect([ERROR_CODES.NOT_COORDINATOR, ERROR_CODES.NOT_LEADER_OR_FOLLOWER].map(isRetriable)).toEqual([true, true])
    expect([ERROR_CODES.NONE, ERROR_CODES.TOPIC_AUTHORIZATION_FAILED].map(isRetriable)).toEqual([false, false])
  })
})
