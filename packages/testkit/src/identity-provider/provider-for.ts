// SPDX-License-Identifier: Apache-2.0
/** How the OpenID provider of tests is set up: one client, people with groups, no question for consent. */
import { type Configuration, Provider } from 'oidc-provider'
import type { SigningKey } from './id-token.ts'
import type { TestPerson } from './people.ts'

/** The client that the product is. */
export const IDENTITY_CLIENT = {
  clientId: 'kaas-console',
  clientSecret: 'the-secret-of-the-console-at-the-provider',
} as const

/** The public client that kubectl is: it has no secret and proves itself by PKCE. */
export const KUBECTL_CLIENT = { clientId: 'kubernetes', redirectUri: 'http://127.0.0.1/kubectl' } as const

const LIFETIME_S = 300

/** The provider, not yet served. */
export function providerFor(
  issuer: string,
  key: SigningKey,
  personOf: (login: string) => TestPerson | undefined,
  claimsIn: 'id-token' | 'userinfo',
): Provider {
  const provider = new Provider(issuer, {
    ...staticSettings(key),
    // Conformity is to have them at userinfo only, as soon as there is an access token.
    conformIdTokenClaims: claimsIn === 'userinfo',
    findAccount: (_, login) => {
      const person = personOf(login)
      return person && { accountId: login, claims: () => claimsOf(person) }
    },
    interactions: { url: (_, interaction) => `/log-in/${interaction.uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ accountId: oidc.session?.accountId, clientId: oidc.client?.clientId })
      grant.addOIDCScope('openid profile email groups')
      await grant.save()
      return grant
    },
  })
  provider.Client.prototype.redirectUriAllowed = (address) => new URL(address).hostname === '127.0.0.1'
  return provider
}

function claimsOf({ login, preferredName = login, name, email, groups }: TestPerson) {
  return { sub: login, preferred_username: preferredName, name, email, email_verified: true, groups: [...groups] }
}

function staticSettings(key: SigningKey): Configuration {
  return {
    jwks: { keys: [key.jwk] },
    clients: [
      {
        client_id: IDENTITY_CLIENT.clientId,
        client_secret: IDENTITY_CLIENT.clientSecret,
        id_token_signed_response_alg: 'ES256',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/callback'],
      },
      {
        client_id: KUBECTL_CLIENT.clientId,
        token_endpoint_auth_method: 'none',
        id_token_signed_response_alg: 'ES256',
        grant_types: ['authorization_code'],
        response_types: ['code'],
        redirect_uris: [KUBECTL_CLIENT.redirectUri],
      },
    ],
    claims: {
      openid: ['sub'],
      profile: ['preferred_username', 'name'],
      email: ['email', 'email_verified'],
      groups: ['groups'],
    },
    scopes: ['openid', 'profile', 'email', 'groups'],
    cookies: { keys: ['the-key-of-cookies-of-the-provider'] },
    pkce: { required: () => true },
    ttl: { Interaction: LIFETIME_S, Session: LIFETIME_S, Grant: LIFETIME_S, IdToken: LIFETIME_S, AccessToken: LIFETIME_S },
    features: { devInteractions: { enabled: false } },
  }
}
