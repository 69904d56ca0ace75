// SPDX-License-Identifier: Apache-2.0
/** Who gets in, and as whom. */
import { expect, it } from 'vitest'
import { authenticator, authorise } from './principals.ts'

const authenticate = authenticator({ administrator: 'token-of-the-administrator', gateway: 'token-of-the-gateway' })

it.each([
  ['Bearer token-of-the-administrator', 'administrator'],
  ['bearer   token-of-the-gateway ', 'gateway'],
])('%j is known', (header, name) => {
  expect(authenticate(header).name).toBe(name)
})

it.each([
  [undefined, 'credentials-missing'],
  ['', 'credentials-missing'],
  ['Basic YTpi', 'credentials-missing'],
  ['Bearer', 'credentials-missing'],
  ['Bearer a b', 'credentials-missing'],
  ['token-of-the-administrator', 'credentials-missing'],
  ['Bearer token-of-the-administratoR', 'credentials-wrong'],
  ['Bearer token-of-the-administrator-and-more', 'credentials-wrong'],
  [`Bearer ${'x'.repeat(100_000)}`, 'credentials-wrong'],
])('%j is not', (header, code) => {
  expect(() => authenticate(header)).toThrow(expect.objectContaining({ code }))
})

it('a gateway may read the snapshot and nothing else', () => {
  const gateway = authenticate('Bearer token-of-the-gateway')
  expect(() => authorise(gateway, 'gateway')).not.toThrow()
  expect(() => authorise(gateway, 'granted')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
  const administrator = authenticate('Bearer token-of-the-administrator')
  for (const access of ['gateway', 'granted', 'anyone'] as const)
    expect(() => authorise(administrator, access)).not.toThrow()
})
