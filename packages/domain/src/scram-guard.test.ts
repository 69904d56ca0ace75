// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { SCRAM_GUARD_USER } from './scram-guard.ts'

test('the guard comes first in every HashMap of Java, and can be no user of a tenant', () => {
  const hashCode = [...SCRAM_GUARD_USER].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 0)
  expect(hashCode).toBe(0)
  expect(SCRAM_GUARD_USER).not.toContain('.')
})
