// SPDX-License-Identifier: Apache-2.0
/** Reads secrets from files. Messages name the variable and the shape, never the value. */
import { readFileSync } from 'node:fs'
import { KaasError } from '@kaas/errors'
import { databaseUrl } from './config.ts'

const KEY_BYTES = 32
const SHORTEST_TOKEN = 16
const SHORTEST_PASSWORD = 12

/** The token in a file, without blanks around it. Throws `config-invalid`. */
export function readToken(file: string, variable: string): string {
  const token = readText(file, variable)
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= SHORTEST_TOKEN) return token
  throw secretError(variable, file, `must hold one token of at least ${SHORTEST_TOKEN} printable characters`)
}

/** The password in a file. Throws `config-invalid` for one that could be guessed. */
export function readPassword(file: string, variable: string): string {
  const password = readText(file, variable)
  if (password.length >= SHORTEST_PASSWORD && !password.includes('\n')) return password
  throw secretError(variable, file, `must hold one password of at least ${SHORTEST_PASSWORD} characters`)
}

/** The 32 bytes in a file, as 64 hex digits or as base64. Throws `config-invalid`. */
export function readKey(file: string, variable: string): Buffer {
  const text = readText(file, variable)
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if (key.length === KEY_BYTES) return key
  throw secretError(variable, file, `must hold ${KEY_BYTES} bytes as 64 hex digits or as base64`)
}

/** The address of a database in a file. Throws `config-invalid`; the address is in no message, as it may hold a password. */
export function readDatabaseUrl(file: string, variable: string): string {
  const parsed = databaseUrl.safeParse(readText(file, variable))
  if (parsed.success) return parsed.data
  throw secretError(variable, file, 'must hold one postgres:// address')
}

/** The text of a file, without blanks around it. Throws `config-invalid`. */
export function readText(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw secretError(variable, file, `cannot be read (${code})`, cause)
  }
}

function secretError(variable: string, file: string, why: string, cause?: unknown): KaasError {
  return new KaasError('config-invalid', {
    message: `The file of ${variable} (${file}) ${why}.`,
    help: `Write it, readable for this process only, or set ${variable} to where it is.`,
    cause,
  })
}
