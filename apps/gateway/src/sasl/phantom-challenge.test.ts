// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { noteChallenge, phantomChallenge } from './phantom-challenge.ts'

test('A2: a stranger is challenged like a user: same form, the same salt every time, the iterations of users', () => {
  noteChallenge('SCRAM-SHA-512', Buffer.from(`r=xy,s=${Buffer.alloc(24).toString('base64')},i=8192`))
  const ask = (user: string) =>
    phantomChallenge('SCRAM-SHA-512', { user, nonce: 'mine', isTokenId: false }).toString().split(',')
  const [nonce, salt, iterations] = ask('ghost.app')
  expect(nonce).toMatch(/^r=mine.{20,}$/)
  expect(Buffer.from(salt?.slice(2) ?? '', 'base64')).toHaveLength(24)
  expect(iterations).toBe('i=8192')
  expect(ask('ghost.app')[1]).toBe(salt)
  expect(ask('ghost.other')[1]).not.toBe(salt)
  expect(ask('ghost.app')[0]).not.toBe(nonce)
})
