// SPDX-License-Identifier: Apache-2.0
/** Stored secrets open with their key in their place, and never otherwise. */
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyFingerprint, seal, unseal } from './seal.ts'

const key = randomBytes(32)

it('what was sealed opens again, and two seals of the same never look the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.string(), (bytes, place) => {
      const plain = Buffer.from(bytes)
      const sealed = seal(key, place, plain)
      expect(unseal(key, place, sealed).equals(plain)).toBe(true)
      expect(seal(key, place, plain).equals(sealed)).toBe(false)
    }),
  )
})

it('a changed bit, another place and another key do not open', () => {
  const sealed = seal(key, 'credential orders.app 1', Buffer.from('a salted password'))
  fc.assert(
    fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => unseal(key, 'credential orders.app 1', changed)).toThrow(/cannot be decrypted/)
    }),
  )
  expect(() => unseal(key, 'credential orders.other 1', sealed)).toThrow(/cannot be decrypted/)
  expect(() => unseal(randomBytes(32), 'credential orders.app 1', sealed)).toThrow(/cannot be decrypted/)
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => unseal(key, 'credential orders.app 1', sealed.subarray(0, length))).toThrow(/cannot be decrypted/)
  }
})

it('the fingerprint tells keys apart and holds nothing of them', () => {
  expect(keyFingerprint(key)).toBe(keyFingerprint(Buffer.from(key)))
  expect(keyFingerprint(key)).not.toBe(keyFingerprint(randomBytes(32)))
  expect(keyFingerprint(key)).not.toContain(key.toString('base64').slice(0, 8))
})
