// SPDX-License-Identifier: Apache-2.0
/** Buttons are offered to who may press them. */
import { grantOf } from '@kaas/domain'
import { expect, it } from 'vitest'
import { mayDo } from './may.ts'

const grants = [grantOf('team-member', 'team:pay', { team: 'pay' }, [])].map(({ rules, ...grant }) => ({
  ...grant,
  rules: rules.map(({ verbs, kinds }) => ({ verbs: [...verbs], kinds: [...kinds] })),
}))
const writeTopic = { verb: 'write', kind: 'Topic' } as const

it('what she may do in her team is offered there, and not in another', () => {
  expect(mayDo({ grants }, writeTopic, { tenant: 'orders', team: 'pay' })).toBe(true)
  expect(mayDo({ grants }, writeTopic, { tenant: 'baskets', team: 'shop' })).toBe(false)
  expect(mayDo({ grants }, { verb: 'delete', kind: 'Tenant' }, { tenant: 'orders', team: 'pay' })).toBe(false)
})

it('a page is offered when she may do it somewhere, and one of the platform only to who may there', () => {
  expect(mayDo({ grants }, writeTopic)).toBe(true)
  expect(mayDo({ grants }, { verb: 'read', kind: 'Platform' })).toBe(false)
  expect(mayDo({ grants }, { verb: 'write', kind: 'Team' }, {})).toBe(false)
  expect(mayDo({ grants }, { verb: 'read', kind: 'Role' }, {})).toBe(true)
})

it('while the team of a tenant is being loaded, nothing is taken away that may come back', () => {
  expect(mayDo({ grants }, writeTopic, { tenant: 'orders' })).toBe(true)
  expect(mayDo({ grants: [] }, writeTopic, { tenant: 'orders' })).toBe(false)
})
