// SPDX-License-Identifier: Apache-2.0
/** Providers say names and groups in their own ways; people and their rights must come out the same. */
import { describe, expect, it } from 'vitest'
import { lacks, personFrom } from './claims.ts'
import { type ProviderConfig, parseSignIn } from './sign-in-config.ts'

const configOf = (more: object = {}): ProviderConfig => {
  const provider = { id: 'company', name: 'Company', issuer: 'https://id.example.org', clientId: 'kaas', ...more }
  const [config] = parseSignIn(JSON.stringify({ providers: [provider] }), 'f').providers
  if (config === undefined) throw new Error('no provider')
  return config
}
const CLAIMS = {
  sub: '1815',
  preferred_username: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  groups: ['dev', 'ops'],
}

it('a person has name, address and groups as they were said', () => {
  expect(personFrom(CLAIMS, configOf())).toEqual({
    name: 'ada',
    provider: 'company',
    subject: '1815',
    displayName: 'Ada Lovelace',
    email: 'ada@example.org',
    groups: ['dev', 'ops'],
    claims: CLAIMS,
  })
})

it('a provider with a prefix speaks for nobody and no group without it', () => {
  const { name, groups } = personFrom(CLAIMS, configOf({ prefix: 'partner:' }))
  expect([name, ...groups]).toEqual(['partner:ada', 'partner:dev', 'partner:ops'])
})

describe('groups', () => {
  it.each<[string, object, readonly string[]]>([
    ['groups', { groups: 'dev' }, ['dev']],
    ['groups', { groups: ['dev', 7, null, '', 'dev', { a: 1 }] }, ['dev']],
    ['groups', {}, []],
    ['realm_access.roles', { realm_access: { roles: ['dev'] } }, ['dev']],
    ['https://example.org/groups', { 'https://example.org/groups': ['dev'] }, ['dev']],
    ['constructor.name', {}, []],
    ['__proto__.x', {}, []],
  ])('of %s in %j are %j', (groupsClaim, claims, groups) => {
    const { groups: _, ...rest } = CLAIMS
    expect(personFrom({ ...rest, ...claims }, configOf({ groupsClaim })).groups).toEqual(groups)
  })

  it('too many to keep are cut', () => {
    const groups = Array.from({ length: 3000 }, (_, index) => `g${index}`)
    expect(personFrom({ ...CLAIMS, groups }, configOf()).groups).toHaveLength(2000)
  })
})

describe('a name', () => {
  it.each(['ada', 'ada.lovelace', 'ada@example.org', 'Ада', 'ada lovelace', 'ada+test', 'a_b-c'])('%j is one', (name) => {
    expect(personFrom({ ...CLAIMS, preferred_username: name }, configOf()).name).toBe(name)
  })

  it.each(['', ' ', 'a:b', 'a/b', '<b>', 'a\nb', '\u202eadmin', '-rf', 'x'.repeat(201), 7, null, undefined, ['ada']])(
    '%j is none',
    (name) => {
      const claims = { ...CLAIMS, preferred_username: name }
      expect(() => personFrom(claims, configOf())).toThrow(expect.objectContaining({ code: 'sign-in-failed' }))
    },
  )

  it.each(['administrator', 'ADMINISTRATOR', 'gateway', 'anonymous'])('%j belongs to the product', (name) => {
    expect(() => personFrom({ ...CLAIMS, preferred_username: name }, configOf())).toThrow(/cannot be used/)
  })

  it('by an e-mail address counts when the provider has verified it', () => {
    const config = configOf({ nameClaim: 'email' })
    expect(personFrom(CLAIMS, config).name).toBe('ada@example.org')
    expect(() => personFrom({ ...CLAIMS, email_verified: false }, config)).toThrow(/not verified/)
  })

  it('without a subject behind it is nobody’s', () => {
    const { sub: _, ...claims } = CLAIMS
    expect(() => personFrom(claims, configOf())).toThrow(/subject/)
  })
})

it('the userinfo endpoint is asked when name or groups are missing', () => {
  const { groups: _, ...claims } = CLAIMS
  expect(lacks(CLAIMS, configOf())).toBe(false)
  expect(lacks(claims, configOf())).toBe(true)
})
