// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { CODES, type ErrorCode, type ErrorKind, KINDS } from './index.ts'

const codes = Object.entries(CODES)
const kinds = Object.keys(KINDS) as ErrorKind[]

test('every kind has a code, so that no edge has a status without a cause', () => {
  const used = new Set(codes.map(([, { kind }]) => kind))
  expect(kinds.filter((kind) => !used.has(kind))).toEqual([])
})

test('codes stand in the order of their kinds, so that a reader finds the neighbours of a code', () => {
  const order = codes.map(([, { kind }]) => kinds.indexOf(kind))
  expect(order).toEqual([...order].sort((a, b) => a - b))
})

test.each(codes)('%s can be matched by scripts and read by people', (code, { title }) => {
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(title).toMatch(/^[A-Z]/)
  expect(title).not.toMatch(/\.$/)
})

test('no two codes have the same title', () => {
  expect(new Set(codes.map(([, { title }]) => title)).size).toBe(codes.length)
})

test('codes that scripts rely on keep their kind', () => {
  const promised: Partial<Record<ErrorCode, ErrorKind>> = {
    'quantity-invalid': 'invalid',
    'credentials-wrong': 'unauthenticated',
    'not-allowed': 'forbidden',
    'resource-absent': 'absent',
    'resource-changed': 'conflict',
    'limit-exceeded': 'refused',
    'kafka-unavailable': 'unavailable',
    'wait-timeout': 'timeout',
  }
  for (const [code, kind] of Object.entries(promised)) expect(CODES[code as ErrorCode].kind).toBe(kind)
})
