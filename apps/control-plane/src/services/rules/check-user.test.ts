// SPDX-License-Identifier: Apache-2.0
/** How users may log in. */
import { expect, it } from 'vitest'
import { scramMechanismOf } from './check-user.ts'

it('only who logs in by password gets one, for the mechanism that was asked for', () => {
  expect(scramMechanismOf('scram-sha-256')).toBe('SCRAM-SHA-256')
  expect(scramMechanismOf('tls')).toBeUndefined()
  expect(scramMechanismOf('oauth')).toBeUndefined()
})
