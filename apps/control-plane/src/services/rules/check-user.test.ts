// SPDX-License-Identifier: Apache-2.0
/** How users of virtual tenants may log in. */
import { expect, it } from 'vitest'
import { scramOf } from './check-user.ts'

it('a user of a virtual tenant logs in by password; a certificate is refused with what to use instead', () => {
  expect(scramOf('scram-sha-256')).toBe('scram-sha-256')
  expect(() => scramOf('tls')).toThrow(
    expect.objectContaining({ code: 'not-supported', help: expect.stringContaining('scram-sha-512') }),
  )
})
