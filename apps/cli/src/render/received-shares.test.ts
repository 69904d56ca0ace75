// SPDX-License-Identifier: Apache-2.0
import type { ReceivedShare } from '@kaas/http-contract'
import { expect, test } from 'vitest'
import { renderReceivedShares } from './received-shares.ts'

const SHARE: ReceivedShare = {
  owner: 'orders',
  share: 'payments-for-billing',
  topic: 'payments',
  as: 'orders-payments',
  access: 'read',
  inForce: true,
  accepted: true,
  message: 'In force.',
  since: '2026-11-20T12:00:00Z',
}

test('who receives topics sees by which name, whose they are, and which are only offered', () => {
  const offered = { ...SHARE, owner: 'depot', as: 'parts', inForce: false, accepted: false }
  const waiting = { ...SHARE, as: 'later', access: 'read-write' as const, inForce: false }
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
