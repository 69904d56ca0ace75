// SPDX-License-Identifier: Apache-2.0
/** An ID token of a person for kubectl, as kubelogin gets it: authorization code with PKCE by a public client, in a browser. */
import { createHash, randomBytes } from 'node:crypto'
import { HttpBrowser } from '../http-browser.ts'
import { passwordOf } from './people.ts'
import { KUBECTL_CLIENT } from './provider-for.ts'

/** Logs `login` in at the issuer and resolves with the token. Over HTTPS the process must trust the issuer's CA. */
export async function idTokenOf(issuer: string, login: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url')
  const { clientId: client_id, redirectUri: redirect_uri } = KUBECTL_CLIENT
  const asked = new URLSearchParams({
    client_id,
    redirect_uri,
    response_type: 'code',
    scope: 'openid profile email groups',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const browser = new HttpBrowser()
  const page = await browser.open(`${issuer}/auth?${asked}`)
  const form = new URLSearchParams({ login, password: passwordOf(login) })
  const { url } = await browser.open(page.url, { form, until: redirect_uri })
  const code = new URL(url).searchParams.get('code') ?? ''
  const body = new URLSearchParams({
    client_id,
    redirect_uri,
    code,
    grant_type: 'authorization_code',
    code_verifier: verifier,
  })
  const answer = await fetch(`${issuer}/token`, { method: 'POST', body })
  const { id_token } = (await answer.json()) as { readonly id_token?: string }
  if (id_token === undefined) throw new Error(`The identity provider gave no ID token: ${answer.status} for ${url}.`)
  return id_token
}
