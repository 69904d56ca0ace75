// SPDX-License-Identifier: Apache-2.0
/** Who gets in, and as whom. */
import { expect, it } from 'vitest'
import { authenticator, authorise, bearerOf } from './principals.ts'

const known = authenticator({ administrator: 'token-of-the-administrator', gateway: 'token-of-the-gateway' })
const authenticate = (header: string | undefined) => known(bearerOf(header))

it.each([
  ['Bearer token-of-the-administrator', 'administrator'],
  ['bearer   token-of-the-gateway ', 'gateway'],
])('%j is known', (header, name) => {
  expect(authenticate(header)?.name).toBe(name)
})

it.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer a b', 'token-of-the-administrator'])('%j is no token', (header) => {
  expect(() => authenticate(header)).toThrow(expect.objectContaining({ code: 'credentials-missing' }))
})

it.each([
  'Bearer token-of-the-administratoR',
  'Bearer token-of-the-administrator-and-more',
  `Bearer ${'x'.repeat(100_000)}`,
])('%j is not known', (header) => {
  expect(authenticate(header)).toBeUndefined()
})

it('a gateway may read the snapshot and nothing else', () => {
  const gateway = principalOf('Bearer token-of-the-gateway')
  expect(() => authorise(gateway, 'gateway')).not.toThrow()
  expect(() => authorise(gateway, 'granted')).toThrow(expect.objectContaining({ code: 'not-allowed' }))
  const administrator = principalOf('Bearer token-of-the-administrator')
  for (const access of ['gateway', 'granted', 'anyone'] as const)
    expect(() => authorise(administrator, access)).not.toThrow()
})

function principalOf(header: string) {
  const principal = authenticate(header)
  if (principal === undefined) throw new Error(`${header} is not known`)
  return principal
}
