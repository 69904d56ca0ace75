// SPDX-License-Identifier: Apache-2.0
/**
 * Whether who opened a stream is still signed in: a session may end or be idle for too long, and a token may expire while it is open. An
 * open stream is no use of a session.
 */
import { asKaasError } from '@kaas/errors'
import type { Principal } from '../routes/principal.ts'
import { tokenPrincipal } from '../sign-in/recognise.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'

/** Tokens of files never end. */
export async function isStillIn(signIn: SignInParts, { sessionId, token }: Principal): Promise<boolean> {
  if (token !== undefined) return await isTokenIn(signIn, token.id)
  if (sessionId === undefined) return true
  // Who is forgotten loses her sessions, and a provider goes with a restart: the session alone tells.
  return (await signIn.store.loadSession(sessionId, signIn.config.sessionIdle)) !== undefined
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
