// SPDX-License-Identifier: Apache-2.0
/** Whether who opened a stream is still signed in: a session may end and a token may expire while it is open. */
import type { Store } from '@kaas/store'
import type { Principal } from '../routes/principal.ts'

/** Tokens of files never end. */
export async function isStillIn(store: Store, { sessionId, token }: Principal): Promise<boolean> {
  if (token !== undefined) return (await store.loadToken(token.id)) !== undefined
  if (sessionId === undefined) return true
  const session = await store.loadSession(sessionId)
  return session !== undefined && session.expiresAt.getTime() > Date.now()
}

/** Calls `end` when the caller is not in any more. Returns how to stop looking. */
export function whileIn(store: Store, principal: Principal, everyMs: number, end: () => void): () => void {
  if (principal.sessionId === undefined && principal.token === undefined) return () => {}
  const timer = setInterval(() => {
    isStillIn(store, principal)
      // A database that is away ends nothing: the next look decides.
      .catch(() => true)
      .then((isIn) => {
        if (!isIn) end()
      })
  }, everyMs).unref()
  return () => clearInterval(timer)
}
