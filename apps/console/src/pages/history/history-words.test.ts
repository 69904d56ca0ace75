// SPDX-License-Identifier: Apache-2.0
import type { AuditEventAnswer } from '@kaas/http-contract'
import { expect, test } from 'vitest'
import { sentenceOf } from './history-words.ts'

function record(subject: string, data: Partial<AuditEventAnswer['data']>): Pick<AuditEventAnswer, 'subject' | 'data'> {
  const whole = {
    actor: 'ann',
    actorKind: 'person',
    via: 'api',
    action: 'put',
    outcome: 'allowed',
    rule: 'r',
    changes: [],
    hash: '',
  }
  return { subject, data: { ...whole, ...data } as AuditEventAnswer['data'] }
}

test.each([
  [record('/v1/tenants/orders', {}), 'made the tenant'],
  [record('/v1/tenants/orders', { before: {} }), 'changed the tenant'],
  [record('/v1/tenants/orders/topics/a.b', { action: 'delete' }), 'deleted the topic a.b'],
  [record('/v1/tenants/orders/users/app', { action: 'rotate-credentials' }), 'made a new password for the user app'],
  [record('/v1/tenants/orders/topics/x', { action: 'browse-messages' }), 'looked at records of the topic x'],
  [record('/v1/tenants/orders/topics/x', { action: 'browse-messages-ended' }), 'ended a look at records of the topic x'],
  [record('/v1/tenants/orders/shares/to-billing', {}), 'made the share to-billing'],
  [record('/v1/tenants/orders/groups/g', { action: 'delete-group' }), 'deleted the group g'],
  [record('/v1/tenants/orders/topics/x', { action: 'of-tomorrow' }), 'of-tomorrow: the topic x'],
  [record('/v1/tenants/orders/topics/x', { outcome: 'denied', action: 'delete' }), 'tried delete on the topic x'],
  [record('/v1/tenants/orders/topics/%zz', { outcome: 'denied' }), 'tried put on the topic %zz'],
])('a record is a sentence: %#', (event, sentence) => {
  expect(sentenceOf(event, 'orders')).toBe(sentence)
})
