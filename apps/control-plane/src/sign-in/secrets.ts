// SPDX-License-Identifier: Apache-2.0
/**
 * Random secrets and their hashes. A secret has 256 bits, so that SHA-256 without salt or cost is enough to store it: nobody can try
 * that many, and every request can afford it. Passwords are another thing (`bootstrap-password.ts`).
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_BYTES = 32
/** Digits of base 62 that 256 bits need. */
export const SECRET_LENGTH = 43

/** A new secret of letters and digits, which a double click selects whole. */
export function newSecret(): string {
  return inBase62(BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`), SECRET_LENGTH)
}

/** What is stored of a secret. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Whether two hashes are the same, without showing by time how much of them is. */
export function isSameHash(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A number in base 62, filled up with zeros to `length`. */
export function inBase62(value: bigint, length: number): string {
  let digits = ''
  for (let rest = value; rest > 0n; rest /= 62n) digits = DIGITS.charAt(Number(rest % 62n)) + digits
  return digits.padStart(length, '0')
}
