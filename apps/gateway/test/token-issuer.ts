// SPDX-License-Identifier: Apache-2.0
/** A real OpenID provider (npm `oidc-provider`) on loopback, which gives signed access tokens to services. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { Provider } from 'oidc-provider'

/** A running issuer. */
export interface TokenIssuer {
  readonly issuer: string
  /** A token for the client with this id (one of those given at the start). */
  tokenFor(clientId: string, audience?: string): Promise<string>
  /** From now on signs with another key; the old one is not published any more. */
  changeKey(): Promise<void>
  close(): void
}

const SECRET = 'a-secret-of-the-test-that-is-long-enough'
/** The audience of tokens unless a test asks for another. */
export const AUDIENCE = 'https://kafka.example'

/** Starts it. Tokens live for `lifetimeSeconds`. */
export async function startTokenIssuer(clientIds: readonly string[], lifetimeSeconds = 300): Promise<TokenIssuer> {
  let handle: ReturnType<Provider['callback']> | undefined
  const server = createServer((request, response) => void handle?.(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const changeKey = async () => {
    handle = providerOf(issuer, clientIds, lifetimeSeconds, await newKey()).callback()
  }
  await changeKey()
  const tokenFor = async (clientId: string, audience = AUDIENCE) => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', resource: audience })
    const authorization = `Basic ${Buffer.from(`${clientId}:${SECRET}`).toString('base64')}`
    const response = await fetch(`${issuer}/token`, { method: 'POST', body, headers: { authorization } })
    const answer = (await response.json()) as { access_token?: string }
    if (answer.access_token === undefined) throw new Error(`no token: ${JSON.stringify(answer)}`)
    return answer.access_token
  }
  return { issuer, tokenFor, changeKey, close: () => server.closeAllConnections() ?? server.close() }
}

function providerOf(issuer: string, clientIds: readonly string[], lifetimeSeconds: number, key: JWK): Provider {
  return new Provider(issuer, {
    jwks: { keys: [key] },
    clients: clientIds.map((client_id) => ({
      client_id,
      client_secret: SECRET,
      id_token_signed_response_alg: 'ES256',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, audience) => ({
          scope: '',
          audience,
          accessTokenTTL: lifetimeSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  })
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: crypto.randomUUID() }
}
