// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { rejectionSeen } from '../listeners/rejection.ts'
import { logInSeen, refusalSeen } from './log-in-seen.ts'

const from = { remote: '192.0.2.1', mechanism: 'PLAIN' }
const wrong = { rule: 'credentials-wrong', message: 'wrong' }
const isTenant = (name: string) => name === 'orders'

test('a log-in is told with user, tenant, mechanism and address', () => {
  expect(logInSeen(from, 'orders', 'orders.app')).toMatchObject({
    action: 'log-in',
    outcome: 'allowed',
    tenant: 'orders',
    user: 'orders.app',
    mechanism: 'PLAIN',
    remoteAddress: '192.0.2.1',
  })
})

test.each([
  ['orders.app', 'orders.app'],
  ['orders.ghost', 'orders.ghost'],
  ['my-pass.word', undefined],
  ['hunter2', undefined],
  ['orders.Hunter 2!', undefined],
  [`orders.${'x'.repeat(65)}`, undefined],
  [undefined, undefined],
])('who claims to be %s is told as %s: what was typed into the field of the name may be a password', (claimed, user) => {
  const seen = refusalSeen(from, claimed, wrong, isTenant)
  expect([seen.user, seen.tenant]).toEqual([user, user === undefined ? undefined : 'orders'])
  expect(JSON.stringify(seen)).not.toMatch(/hunter|my-pass/i)
})

test('a tenant without room is told as a limit, with the words that the client saw', () => {
  const full = { rule: 'limit-exceeded', message: 'All 3 connections are in use.' }
  expect(refusalSeen(from, 'orders.app', full, isTenant)).toMatchObject({ action: 'limit', message: full.message })
})

test.each([
  ['unknown-host', 'refuse'],
  ['proxy-header', 'refuse'],
  ['certificate', 'log-in'],
  ['crowded', 'limit'],
  ['tls', undefined],
  ['blocked', undefined],
] as const)('a connection refused as %s is told as %s', (kind, action) => {
  expect(rejectionSeen({ kind, reason: 'why' }, '192.0.2.1')?.action).toBe(action)
})
