// SPDX-License-Identifier: Apache-2.0
/**
 * The text of a token: `kaas_<id>_<secret><check>`. The prefix and the check part let scanners find lost tokens in code and logs
 * without taking every long word for one: the check is the CRC-32 of what stands before it. It proves nothing; the hash of the
 * secret does.
 */
import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { inBase62, newSecret, SECRET_LENGTH } from './secrets.ts'

const ID_LENGTH = 12
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const CHECK_LENGTH = 6
const SHAPE = new RegExp(`^kaas_([a-z0-9]{${ID_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}})([0-9A-Za-z]{${CHECK_LENGTH}})$`)

/** A token's parts. The id is no secret: audit and lists show it. */
export interface TokenParts {
  readonly id: string
  readonly secret: string
}

/** New parts. */
export function newToken(): TokenParts {
  const letters = Array.from({ length: ID_LENGTH }, () => ID_LETTERS.charAt(randomInt(ID_LETTERS.length)))
  return { id: letters.join(''), secret: newSecret() }
}

/** The text that is shown once. */
export function renderToken({ id, secret }: TokenParts): string {
  const body = `kaas_${id}_${secret}`
  return `${body}${checkOf(body)}`
}

/** The parts of a text; undefined when it is no token, or one with a typing error. */
export function parseToken(text: string): TokenParts | undefined {
  const [, id, secret, check] = SHAPE.exec(text) ?? []
  if (id === undefined || secret === undefined) return undefined
  return checkOf(`kaas_${id}_${secret}`) === check ? { id, secret } : undefined
}

function checkOf(body: string): string {
  return inBase62(BigInt(crc32(body)), CHECK_LENGTH)
}
