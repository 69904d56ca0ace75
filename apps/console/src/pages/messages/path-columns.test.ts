// SPDX-License-Identifier: Apache-2.0
import type { Message } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { pathProblem, pathsOf, valueAtPath } from './path-columns.ts'

const MESSAGE = {
  key: { format: 'json', text: '{"region":"eu"}', reason: '', bytes: 1, truncated: false },
  value: { format: 'json', text: '{"order":{"id":23958446825181076828},"cut":"of', reason: '', bytes: 1, truncated: true },
} as unknown as Message

describe('JSON paths as columns', () => {
  test('show values and keys with every digit, also of a value that was cut', () => {
    expect(valueAtPath(MESSAGE, 'order.id')).toBe('23958446825181076828')
    expect(valueAtPath(MESSAGE, 'key:region')).toBe('eu')
    expect(valueAtPath(MESSAGE, 'absent')).toBeUndefined()
    expect(valueAtPath({ ...MESSAGE, value: null }, 'order.id')).toBeUndefined()
  })

  test('come from the address, each once', () => {
    expect(pathsOf(' order.id,,key:region,order.id')).toEqual(['order.id', 'key:region'])
    expect(pathProblem('order..id')).toBe('Write a path, as in order.items[0].id.')
    expect(pathProblem('key:region')).toBeUndefined()
  })
})
