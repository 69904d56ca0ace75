// SPDX-License-Identifier: Apache-2.0
/** Sign-in at an identity provider: begun by a browser, ended by the same one, once, within ten minutes. */
import { KaasError } from '@kaas/errors'
import type { Person, SignInUnderWay } from '@kaas/store'
import { countStart } from './attempt-limits.ts'
import { personFrom } from './claims.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { returnPathOf } from './return-path.ts'
import { hashOf, isSameHash, newSecret } from './secrets.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** How long somebody may take at the identity provider. */
export const SIGN_IN_LIFE_MS = 10 * 60_000

/** The browser's side of a sign-in. */
export interface Browser {
  /** As the browser sees the console: `https://kaas.example.org`. */
  readonly origin: string
  /** Of the cookie that ties sign-ins to this browser; made when there is none. */
  readonly tie: string | undefined
  readonly remoteAddress: string
}

/** Begins one. The browser goes to `url` and keeps `tie`. Throws `resource-absent`, `rate-exceeded`, `identity-provider-unavailable`. */
export async function beginAtProvider(
  parts: SignInParts,
  id: string,
  browser: Browser,
  returnTo: string | undefined,
): Promise<{ readonly url: string; readonly tie: string }> {
  const provider = providerOf(parts, id)
  await countStart(parts.store, browser.remoteAddress)
  const { url, checks } = await provider.begin(`${browser.origin}${callbackPath(id)}`)
  const tie = browser.tie ?? newSecret()
  await parts.store.saveSignIn(
    {
      stateHash: hashOf(checks.state),
      browserHash: hashOf(tie),
      provider: id,
      nonce: checks.nonce,
      verifier: checks.verifier,
      returnTo: returnPathOf(returnTo),
    },
    SIGN_IN_LIFE_MS,
  )
  return { url, tie }
}

/** Who comes back, and where to. `query` is what the provider put into the address. Throws `sign-in-failed` and others. */
export async function finishAtProvider(
  parts: SignInParts,
  id: string,
  browser: Browser,
  query: URLSearchParams,
): Promise<{ readonly person: Person; readonly renamedFrom?: string; readonly returnTo: string }> {
  const provider = providerOf(parts, id)
  const state = query.get('state') ?? ''
  const begun = await takeOwn(parts, id, browser, state)
  const callback = new URL(`${browser.origin}${callbackPath(id)}?${query}`)
  const claims = await provider.finish(callback, { state, nonce: begun.nonce, verifier: begun.verifier })
  const person = personFrom(claims, provider.config)
  const saved = await parts.store.savePerson(person)
  if (saved.kind === 'taken') throw nameTaken(person)
  const { returnTo } = begun
  return { person, returnTo, ...(saved.kind === 'renamed' ? { renamedFrom: saved.from } : {}) }
}

/** The provider. Throws `resource-absent`. */
function providerOf({ providers }: SignInParts, id: string): IdentityProvider {
  const provider = providers.get(id)
  if (provider !== undefined) return provider
  throw new KaasError('resource-absent', {
    message: `There is no identity provider "${id}".`,
    help: 'Begin at the sign-in page, which shows the providers there are.',
  })
}

/** A sign-in that this browser began at this provider. Another browser's would sign somebody in as the one who began it. */
async function takeOwn(parts: SignInParts, id: string, { tie }: Browser, state: string): Promise<SignInUnderWay> {
  const begun = await parts.store.takeSignIn(hashOf(state))
  if (begun?.provider === id && tie !== undefined && isSameHash(begun.browserHash, hashOf(tie))) return begun
  throw new KaasError('sign-in-failed', {
    message: 'This sign-in took too long, was begun in another browser, or is over already.',
    help: 'Sign in again from the first page.',
  })
}

function callbackPath(id: string): string {
  return `/v1/sign-in/provider/${id}/callback`
}

function nameTaken({ name }: Person): KaasError {
  return new KaasError('sign-in-failed', {
    message: `The name "${name}" belongs to another account, which signed in with it before.`,
    help: 'An administrator can forget the other account (DELETE /v1/people/<name>) when it is gone for good.',
  })
}
