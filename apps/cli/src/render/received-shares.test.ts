// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { renderReceivedShares } from './received-shares.ts'

const SHARE = {
  ...{ owner: 'orders', share: 'payments-for-billing', topic: 'payments', as: 'orders-payments', access: 'read' },
  ...{ inForce: true, accepted: true, message: 'In force.', since: '2026-11-20T12:00:00Z' },
} as const

test('who receives topics sees by which name, whose they are, and which are only offered', () => {
  const offered = { ...SHARE, owner: 'depot', as: 'parts', inForce: false, accepted: false }
  const waiting = { ...SHARE, as: 'later', access: 'read-write', inForce: false } as const
  expect(renderReceivedShares([SHARE, offered, waiting], undefined)).toBe(
    [
      'NAME             OWNER   TOPIC     ACCESS      STATE',
      'orders-payments  orders  payments  read        In force',
      'parts            depot   payments  read        Offered',
      'later            orders  payments  read-write  Not in force',
      '',
    ].join('\n'),
  )
  expect(renderReceivedShares([], 80)).toBe('')
})
