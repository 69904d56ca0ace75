// SPDX-License-Identifier: Apache-2.0
/** Who is granted what by teams and bindings. */
import { expect, it } from 'vitest'
import { grantsOf, type RightsStored } from './grants-of.ts'

const nobody = { groups: [], people: [], tokens: [] }
const stored: RightsStored = {
  teams: [
    { name: 'pay', spec: { members: ['ada'], externalGroups: [] } },
    { name: 'shop', spec: { members: [], externalGroups: ['shop-devs'] } },
  ],
  roles: [{ name: 'resetter', description: '', rules: [{ verbs: ['write'], kinds: ['Group'] }] }],
  bindings: [
    { name: 'ops', spec: { role: 'platform-viewer', subjects: { ...nobody, groups: ['ops'] }, scope: 'platform' } },
    { name: 'reset', spec: { role: 'resetter', subjects: { ...nobody, people: ['ada'] }, scope: { tenant: 'orders' } } },
    { name: 'robot', spec: { role: 'team-viewer', subjects: { ...nobody, tokens: ['t1'] }, scope: { team: 'pay' } } },
    { name: 'dangling', spec: { role: 'gone', subjects: { ...nobody, people: ['ada'] }, scope: 'platform' } },
  ],
}
const given = (subject: Parameters<typeof grantsOf>[0]) =>
  grantsOf(subject, stored).map(({ role, binding, scope }) => ({ role, binding, scope }))

it('a person has what her teams and her own bindings give, and nothing of a role that is gone', () => {
  expect(given({ name: 'ada', groups: [] })).toEqual([
    { role: 'team-member', binding: 'team:pay', scope: { team: 'pay' } },
    { role: 'resetter', binding: 'reset', scope: { tenant: 'orders' } },
  ])
})

it('groups that came along give what they are bound to', () => {
  expect(given({ name: 'eve', groups: ['shop-devs', 'ops'] })).toEqual([
    { role: 'team-member', binding: 'team:shop', scope: { team: 'shop' } },
    { role: 'platform-viewer', binding: 'ops', scope: 'platform' },
  ])
})

it('a token gets what is bound to its id, and is no person or group of the same name', () => {
  expect(given({ groups: [], tokenId: 't1' })).toEqual([{ role: 'team-viewer', binding: 'robot', scope: { team: 'pay' } }])
  expect(given({ groups: [], tokenId: 'ada' })).toEqual([])
  expect(given({ name: 't1', groups: ['t1'] })).toEqual([])
})

it('who is named nowhere has nothing', () => {
  expect(given({ name: 'mallory', groups: ['strangers'] })).toEqual([])
})
