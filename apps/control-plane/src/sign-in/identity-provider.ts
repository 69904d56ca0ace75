// SPDX-License-Identifier: Apache-2.0
/**
 * One identity provider as a client of it: OpenID Connect with discovery, authorization code, PKCE (S256), state and nonce. It is
 * asked about itself whenever somebody wants to sign in: one that is away keeps nobody else out, and nobody is sent to it.
 */
import { KaasError } from '@kaas/errors'
import * as openId from 'openid-client'
import { type Claims, lacks } from './claims.ts'
import { fetchWithCa } from './fetch-with-ca.ts'
import type { ProviderConfig } from './sign-in-config.ts'

/** What a sign-in is begun with; kept until the browser comes back. */
export interface SignInChecks {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** The configuration with what its files hold. */
export interface ProviderSecrets {
  readonly config: ProviderConfig
  readonly clientSecret?: string
  readonly caPem?: string
}

const ANSWER_TIMEOUT_S = 10
/** Between clocks of machines that keep time. */
const CLOCK_TOLERANCE_S = 30

export class IdentityProvider {
  readonly config: ProviderConfig
  readonly #secrets: ProviderSecrets
  #asking: Promise<openId.Configuration> | undefined
  #known: openId.Configuration | undefined

  constructor(secrets: ProviderSecrets) {
    this.config = secrets.config
    this.#secrets = secrets
  }

  /** Where to send the browser. Throws `identity-provider-unavailable`. */
  async begin(redirectUri: string): Promise<{ readonly url: string; readonly checks: SignInChecks }> {
    const client = await this.#ask()
    const checks = {
      state: openId.randomState(),
      nonce: openId.randomNonce(),
      verifier: openId.randomPKCECodeVerifier(),
    }
    const url = openId.buildAuthorizationUrl(client, {
      redirect_uri: redirectUri,
      scope: this.config.scopes.join(' '),
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await openId.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, checks }
  }

  /** The verified claims of whom the browser comes back with. Throws `sign-in-failed` or `identity-provider-unavailable`. */
  async finish(callback: URL, { state, nonce, verifier }: SignInChecks): Promise<Claims> {
    const client = this.#known ?? (await this.#ask())
    try {
      const tokens = await openId.authorizationCodeGrant(client, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims: Claims = tokens.claims() ?? {}
      if (!lacks(claims, this.config) || client.serverMetadata().userinfo_endpoint === undefined) return claims
      return { ...(await openId.fetchUserInfo(client, tokens.access_token, String(claims.sub))), ...claims }
    } catch (error) {
      throw this.#reasonOf(error)
    }
  }

  /** Those who begin at the same time share one question. */
  #ask(): Promise<openId.Configuration> {
    this.#asking ??= this.#discover().finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #discover(): Promise<openId.Configuration> {
    const { config, clientSecret, caPem } = this.#secrets
    const issuer = new URL(config.issuer)
    try {
      this.#known = await openId.discovery(
        issuer,
        config.clientId,
        { [openId.clockTolerance]: CLOCK_TOLERANCE_S },
        clientSecret === undefined ? openId.None() : clientAuthentication(clientSecret),
        {
          timeout: ANSWER_TIMEOUT_S,
          execute: issuer.protocol === 'http:' ? [openId.allowInsecureRequests] : [],
          ...(caPem === undefined ? {} : { [openId.customFetch]: fetchWithCa(caPem) }),
        },
      )
      return this.#known
    } catch (error) {
      throw this.#unavailable(error)
    }
  }

  #reasonOf(error: unknown): KaasError {
    const { code } = error as { readonly code?: string }
    if (error instanceof openId.AuthorizationResponseError) {
      // The text comes from the address bar, so that anybody could have written it.
      const cancelled = error.error === 'access_denied'
      return this.#failed(cancelled ? 'said that you did not sign in' : 'refused the sign-in', error)
    }
    if (error instanceof openId.ResponseBodyError) return this.#failed(`refused the sign-in (${error.error})`, error)
    if (code === 'OAUTH_TIMEOUT' || error instanceof TypeError) return this.#unavailable(error)
    return this.#failed('gave an answer that does not hold', error)
  }

  #failed(why: string, cause: unknown): KaasError {
    return new KaasError('sign-in-failed', {
      message: `${this.config.name} ${why}${reasonIn(cause)}.`,
      help: 'Sign in again. If it happens again, the log of the control plane says more.',
      cause,
    })
  }

  #unavailable(cause: unknown): KaasError {
    return new KaasError('identity-provider-unavailable', {
      message: `${this.config.name} does not answer at ${this.config.issuer}${reasonIn(cause)}.`,
      help: 'Try again in a minute, or sign in another way. The guide docs/guides/sign-in.md says what to look at.',
      cause,
    })
  }
}

/** Basic first, as the standard has it. Ids and secrets are encoded by the library. */
function clientAuthentication(secret: string): openId.ClientAuth {
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported
    const usesBasic = methods === undefined || methods.includes('client_secret_basic')
    const authenticate = usesBasic ? openId.ClientSecretBasic(secret) : openId.ClientSecretPost(secret)
    return authenticate(server, client, body, headers)
  }
}

/** The innermost reason, which says more than the outer ones. */
function reasonIn(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  if (!(inner instanceof Error) || inner instanceof openId.AuthorizationResponseError) return ''
  return ` (${inner.message.replace(/\.$/, '')})`
}
