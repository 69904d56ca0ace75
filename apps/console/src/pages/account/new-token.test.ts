// SPDX-License-Identifier: Apache-2.0
/** The form of a token asks for what was filled in. */
import { expect, it } from 'vitest'
import { EMPTY_FORM, newTokenFrom, problemsIn } from './new-token.ts'

it('a personal token may at first what its owner may', () => {
  const form = { ...EMPTY_FORM, name: ' laptop ' }
  expect(problemsIn(form)).toEqual({})
  const wanted = { name: 'laptop', kind: 'personal', role: 'platform-admin', scope: 'platform', expiresIn: '30d' }
  expect(newTokenFrom(form)).toEqual(wanted)
})

it.each([
  ['team', { team: 'shop' }],
  ['tenant', { tenant: 'shop' }],
] as const)('a token can be kept to one %s', (where, scope) => {
  expect(newTokenFrom({ ...EMPTY_FORM, where, place: ' shop ' }).scope).toEqual(scope)
})

it('a name and a place are missed before anything is sent', () => {
  expect(Object.keys(problemsIn({ ...EMPTY_FORM, where: 'team' }))).toEqual(['name', 'place'])
})
