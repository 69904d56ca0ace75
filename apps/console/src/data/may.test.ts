// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { mayDo } from './may.ts'

const grant = (
  scope: Parameters<typeof mayDo>[0]['grants'][number]['scope'],
  verbs: readonly ('read' | 'write')[],
  kinds: readonly string[],
) => ({
  role: 'r',
  binding: 'b',
  scope,
  rules: [{ verbs: [...verbs], kinds: [...kinds] }],
})
const WRITE = { verb: 'write', kind: 'Topic' } as const

test('a right of the platform holds everywhere, one of a team in its tenants, one of a tenant in it', () => {
  expect(mayDo({ grants: [grant('platform', ['write'], ['*'])] }, WRITE, { tenant: 'orders', team: 'shop' })).toBe(true)
  const ofTeam = { grants: [grant({ team: 'shop' }, ['write'], ['Topic'])] }
  expect(mayDo(ofTeam, WRITE, { tenant: 'orders', team: 'shop' })).toBe(true)
  expect(mayDo(ofTeam, WRITE, { tenant: 'orders', team: 'other' })).toBe(false)
  const ofTenant = { grants: [grant({ tenant: 'orders' }, ['write'], ['Topic'])] }
  expect(mayDo(ofTenant, WRITE, { tenant: 'orders', team: 'any' })).toBe(true)
  expect(mayDo(ofTenant, WRITE, { tenant: 'returns', team: 'any' })).toBe(false)
})

test('a page is offered to whoever has its right anywhere, and to nobody else', () => {
  const reader = { grants: [grant({ team: 'shop' }, ['read'], ['Topic'])] }
  expect(mayDo(reader, { verb: 'read', kind: 'Topic' })).toBe(true)
  expect(mayDo(reader, WRITE)).toBe(false)
  expect(mayDo({ grants: [] }, { verb: 'read', kind: 'Topic' })).toBe(false)
})
