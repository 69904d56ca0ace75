// SPDX-License-Identifier: Apache-2.0
/**
 * Encryption of stored secrets: AES-256-GCM, a fresh nonce each time, bound to the place where the value lies, so that a value
 * moved to another row does not open. Layout: version (1 byte, 1), nonce (12), tag (16), ciphertext.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { KaasError } from '@kaas/errors'

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The key's length in bytes. */
export const SECRETS_KEY_BYTES = 32

/** Encrypts `plain` for `place`, for example `credential orders.app <id>`. */
export function seal(key: Buffer, place: string, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
}

/** Decrypts what `seal` made. Throws `stored-data-corrupt` when the key or the place is another, or a bit differs. */
export function unseal(key: Buffer, place: string, sealed: Buffer): Buffer {
  try {
    if (sealed[0] !== VERSION) throw new Error(`unknown version ${sealed[0]}`)
    const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
    const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(tag)
    return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch (cause) {
    throw new KaasError('stored-data-corrupt', {
      message: `The stored secret "${place}" cannot be decrypted.`,
      help: 'Check that the key file is the one this database was used with (KAAS_SECRETS_KEY_FILE), or rotate the credentials.',
      cause,
    })
  }
}

/** A value that tells whether a key is the one used before, and nothing about it. */
export function keyFingerprint(key: Buffer): string {
  return createHmac('sha256', key).update('kaas secrets key').digest('base64')
}
