// SPDX-License-Identifier: Apache-2.0
/** Rights in words. */
import { expect, it } from 'vitest'
import { bindingWords, rulesGive, scopeWords, subjectWords } from './right-words.ts'

it('a scope is called by its place', () => {
  expect([scopeWords('platform'), scopeWords({ team: 'pay' }), scopeWords({ tenant: 'orders' })]).toEqual([
    'the platform',
    'team pay',
    'tenant orders',
  ])
})

it('subjects say what they are, people only their names', () => {
  expect(subjectWords({ groups: ['devs'], people: ['ada'], tokens: ['t1'] })).toEqual(['group devs', 'ada', 'token t1'])
})

it('where a grant came from is told apart', () => {
  expect(['team:pay', 'ops', 'bootstrap', 'token:t1'].map(bindingWords)).toEqual([
    'membership of pay',
    'binding ops',
    'the bootstrap administrator',
    'the limit of the token',
  ])
})

it('a star gives every kind', () => {
  expect(rulesGive([{ verbs: ['read'], kinds: ['*'] }], 'read', 'Topic')).toBe(true)
  expect(rulesGive([{ verbs: ['read'], kinds: ['*'] }], 'write', 'Topic')).toBe(false)
})
