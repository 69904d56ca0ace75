// SPDX-License-Identifier: Apache-2.0
/**
 * Whether who opened a stream is still signed in: a session may end or be idle for too long, and a token may expire while it is open. An
 * open stream is no use of a session.
 */
import { asKaasError } from '@kaas/errors'
import type { Principal } from '../routes/principal.ts'
import { sessionPrincipal, tokenPrincipal } from '../sign-in/recognise.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'

/** Tokens of files never end. */
export async function isStillIn(signIn: SignInParts, { sessionId, token }: Principal): Promise<boolean> {
  if (token !== undefined) return await isTokenIn(signIn, token.id)
  if (sessionId === undefined) return true
  const session = await signIn.store.loadSession(sessionId, signIn.config.sessionIdle)
  return session !== undefined && (await sessionPrincipal(signIn, session)) !== undefined
}

/** How often is looked. */
const LOOK_EVERY_MS = 10_000

/** Calls `end` when the caller is not in any more. Returns how to stop looking. */
export function whileIn(signIn: SignInParts, principal: Principal, end: () => void): () => void {
  if (principal.sessionId === undefined && principal.token === undefined) return () => {}
  const timer = setInterval(() => {
    isStillIn(signIn, principal)
      // A database that is away ends nothing: the next look decides.
      .catch(() => true)
      .then((isIn) => {
        if (!isIn) end()
      })
  }, LOOK_EVERY_MS).unref()
  return () => clearInterval(timer)
}

async function isTokenIn(signIn: SignInParts, id: string): Promise<boolean> {
  const token = await signIn.store.loadToken(id)
  if (token === undefined) return false
  try {
    await tokenPrincipal(signIn, token)
    return true
  } catch (error) {
    if (asKaasError(error).kind === 'unauthenticated') return false
    throw error
  }
}
