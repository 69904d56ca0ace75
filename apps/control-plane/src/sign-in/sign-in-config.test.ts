// SPDX-License-Identifier: Apache-2.0
/** A file of identity providers that would let in the wrong people does not start. */
import { expect, it } from 'vitest'
import { DEFAULT_SIGN_IN, parseSignIn } from './sign-in-config.ts'

const company = { id: 'company', name: 'Company', issuer: 'https://id.example.org', clientId: 'kaas' }
const parse = (file: unknown) => parseSignIn(JSON.stringify(file), 'sign-in.yaml')

it('a short file is enough: names, groups and limits have defaults', () => {
  const text = 'providers:\n  - { id: company, name: Company, issuer: "https://id.example.org", clientId: kaas }\n'
  expect(parseSignIn(text, 'f')).toMatchObject({
    providers: [
      { nameClaim: 'preferred_username', groupsClaim: 'groups', prefix: '', scopes: ['openid', 'profile', 'email'] },
    ],
    sessionIdle: 3_600_000,
    sessionLife: 43_200_000,
    bootstrap: 'enabled',
  })
  expect(parseSignIn('', 'f')).toEqual(DEFAULT_SIGN_IN)
})

it.each<[string, unknown, RegExp]>([
  ['an issuer in the open', { providers: [{ ...company, issuer: 'http://id.example.org' }] }, /must be https/],
  ['two providers of one id', { providers: [company, { ...company, prefix: 'b:' }] }, /"company" twice/],
  ['two providers that could speak for the same people', { providers: [company, { ...company, id: 'b' }] }, /same prefix/],
  ['an id of the product’s own', { providers: [{ ...company, id: 'bootstrap' }] }, /stands for something else/],
  ['an id that is no part of an address', { providers: [{ ...company, id: '../x' }] }, /a-z, 0-9/],
  ['nobody who could sign in', { bootstrap: 'disabled' }, /nobody could sign in/],
  ['sessions that idle longer than they last', { sessionIdle: '2d', sessionLife: '1d' }, /idle for longer/],
  ['a misspelled word', { provider: [] }, /Unrecognized|provider/],
  ['a duration without a unit', { sessionIdle: '3600' }, /sessionIdle/],
])('%s is refused', (_, file, message) => {
  expect(() => parse(file)).toThrow(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringMatching(message) }),
  )
})

it('two providers side by side need a prefix for one of them', () => {
  expect(parse({ providers: [company, { ...company, id: 'partner', prefix: 'partner:' }] }).providers).toHaveLength(2)
})

it('what is no YAML says which file it is', () => {
  expect(() => parseSignIn('providers: [', '/etc/kaas/sign-in.yaml')).toThrow(/\/etc\/kaas\/sign-in.yaml/)
})
