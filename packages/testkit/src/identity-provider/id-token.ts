// SPDX-License-Identifier: Apache-2.0
/** The key of the provider, and ID tokens with other claims than the provider wrote, signed by it all the same. */
import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** The key that ID tokens are signed with. */
export interface SigningKey {
  readonly jwk: JsonWebKey & { readonly kty: string }
  readonly privateKey: KeyObject
}

const KEY_ID = 'key-of-the-provider'

/** A new key. */
export function signingKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kty: 'EC', alg: 'ES256', use: 'sig', kid: KEY_ID }
  return { jwk, privateKey }
}

/** Has the answer of the token endpoint carry an ID token with changed claims. */
export function bendIdToken(
  response: ServerResponse,
  { privateKey }: SigningKey,
  change: (claims: Record<string, unknown>) => Record<string, unknown>,
): void {
  const send = response.end.bind(response) as (body: string) => ServerResponse
  response.end = ((body: Buffer | string) => {
    const answer = JSON.parse(String(body)) as Record<string, unknown>
    if (typeof answer.id_token !== 'string') return send(String(body))
    const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString())
    const bent = JSON.stringify({ ...answer, id_token: signed(change(claims), privateKey) })
    response.setHeader('content-length', Buffer.byteLength(bent))
    return send(bent)
  }) as typeof response.end
}

function signed(claims: Record<string, unknown>, key: KeyObject): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const input = `${part({ alg: 'ES256', kid: KEY_ID })}.${part(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
