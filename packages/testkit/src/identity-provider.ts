// SPDX-License-Identifier: Apache-2.0
/**
 * A real OpenID provider (npm `oidc-provider`) on loopback, with people who belong to groups and a log-in page for a browser: fill in
 * "User name" and "Password", press "Log in". Without a browser, `HttpBrowser` walks the same pages. Unlike a provider of a
 * company it takes any redirect address on this machine, and it can be told to send wrong ID tokens.
 */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificates } from './certificates.ts'
import { bendIdToken, type SigningKey, signingKey } from './identity-provider/id-token.ts'
import { logInPages } from './identity-provider/log-in-pages.ts'
import { PEOPLE, passwordOf, type TestPerson } from './identity-provider/people.ts'
import { IDENTITY_CLIENT, providerFor } from './identity-provider/provider-for.ts'

/** How it is started. */
export interface IdentityProviderOptions {
  readonly people?: readonly TestPerson[]
  /** That of an earlier one, to come back where clients look for it. */
  readonly port?: number
  /** Where names and groups are told: in the ID token, or only by the userinfo endpoint. */
  readonly claimsIn?: 'id-token' | 'userinfo'
  /** Served over HTTPS with this certificate, as API servers of Kubernetes demand. */
  readonly certificates?: Certificates
}

/** A running provider. */
export interface IdentityProvider {
  readonly issuer: string
  readonly port: number
  readonly clientId: string
  readonly clientSecret: string
  /** What the next log-in tells about a person; her login and password stay. */
  changePerson(login: string, change: Partial<Omit<TestPerson, 'login'>>): void
  /** From now on claims of ID tokens are replaced before they are signed; undefined ends that. */
  bend(change: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined): void
  stop(): Promise<void>
}

/** Starts it. */
export async function startIdentityProvider(options: IdentityProviderOptions = {}): Promise<IdentityProvider> {
  const people = new Map((options.people ?? PEOPLE).map((person) => [person.login, person]))
  const key: SigningKey = signingKey()
  let bending: Parameters<IdentityProvider['bend']>[0]
  let handle: ReturnType<typeof logInPages> | undefined
  const server = serverFor(options.certificates, (request, response) => {
    if (request.url === '/token' && bending !== undefined) bendIdToken(response, key, bending)
    handle?.(request, response)
  }).listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const issuer = `${options.certificates === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  const provider = providerFor(issuer, key, (login) => people.get(login), options.claimsIn ?? 'id-token')
  handle = logInPages(provider, (login, password) => people.has(login) && password === passwordOf(login))
  return {
    issuer,
    port,
    ...IDENTITY_CLIENT,
    changePerson: (login, change) => {
      const person = people.get(login)
      if (person !== undefined) people.set(login, { ...person, ...change })
    },
    bend: (change) => {
      bending = change
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function serverFor(certificates: Certificates | undefined, listener: RequestListener): Server {
  if (certificates === undefined) return createServer(listener)
  return createTlsServer({ cert: certificates.certPem, key: certificates.keyPem }, listener)
}
