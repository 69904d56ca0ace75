// SPDX-License-Identifier: Apache-2.0
/** The messages of a SCRAM exchange as text (RFC 5802 section 7). Pure: secrets and nonces are neither made nor checked here. */
import { KaasError } from '@kaas/errors'

/** The mechanisms that Kafka offers. */
export type ScramMechanism = 'SCRAM-SHA-256' | 'SCRAM-SHA-512'

/** What a client says first. */
export interface ClientFirst {
  readonly username: string
  readonly nonce: string
  /** Attributes after the nonce, such as `tokenauth=true` for a log-in by delegation token (KIP-48). */
  readonly extensions: ReadonlyMap<string, string>
}

/** What a server answers. */
export interface ServerFirst {
  /** The client's nonce, continued by the server. */
  readonly nonce: string
  readonly salt: Buffer
  readonly iterations: number
}

/**
 * Reads a client's first message. Throws `credentials-wrong` when it is none, or asks for channel binding or another
 * authorization identity: Kafka has neither.
 */
export function parseClientFirst(bytes: Uint8Array): ClientFirst {
  const match = /^n,(?:a=([^,]*))?,n=([^,]+),r=([^,]+)(?:,(.+))?$/.exec(Buffer.from(bytes).toString('utf8'))
  if (match === null) throw unreadable('first message of the client')
  const [, authorizationId, name = '', nonce = '', extensions = ''] = match
  const username = parseName(name)
  if (authorizationId !== undefined && parseName(authorizationId) !== username) {
    throw unreadable('first message of the client, which asks to act as another user')
  }
  return { username, nonce, extensions: parseAttributes(extensions) }
}

/** Renders a client's first message without the `n,,` before it, as the proof needs it. */
export function renderClientFirstBare(first: ClientFirst): string {
  const extensions = [...first.extensions].map(([name, value]) => `,${name}=${value}`).join('')
  return `n=${renderName(first.username)},r=${first.nonce}${extensions}`
}

/** Reads a server's first message. Throws `credentials-wrong` when it is none. */
export function parseServerFirst(bytes: Uint8Array): ServerFirst {
  const match = /^r=([^,]+),s=([A-Za-z0-9+/=]+),i=([0-9]{1,9})(?:,.*)?$/.exec(Buffer.from(bytes).toString('utf8'))
  if (match === null) throw unreadable('first message of the server')
  const [, nonce = '', salt = '', iterations = ''] = match
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations: Number(iterations) }
}

/** Reads a server's last message: its signature, or the error it names. */
export function parseServerFinal(bytes: Uint8Array): { readonly signature: Buffer } | { readonly error: string } {
  const match = /^(?:e=([^,]+)|v=([A-Za-z0-9+/=]+))(?:,.*)?$/.exec(Buffer.from(bytes).toString('utf8'))
  if (match === null) throw unreadable('last message of the server')
  const [, error, signature = ''] = match
  return error === undefined ? { signature: Buffer.from(signature, 'base64') } : { error }
}

function renderName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C')
}

function parseName(name: string): string {
  if (/=(?!3D|2C)/.test(name)) throw unreadable('user name')
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=')
}

function parseAttributes(text: string): ReadonlyMap<string, string> {
  const pairs = text === '' ? [] : text.split(',').map((part) => [part.slice(0, 1), part] as const)
  return new Map(pairs.map(([, part]) => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)]))
}

function unreadable(what: string): KaasError {
  return new KaasError('credentials-wrong', {
    message: `The ${what} in the SCRAM exchange cannot be read.`,
    help: 'Use a client that follows RFC 5802, with SCRAM-SHA-256 or SCRAM-SHA-512.',
  })
}
