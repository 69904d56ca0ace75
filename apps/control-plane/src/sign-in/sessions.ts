// SPDX-License-Identifier: Apache-2.0
/** Sessions: begun with a new secret each time, so that none from before a sign-in goes on after it. */
import { createHmac } from 'node:crypto'
import type { SessionRecord } from '@kaas/store'
import { hashOf, newSecret } from './secrets.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** Where a request comes from. */
export interface Client {
  readonly remoteAddress: string
  readonly userAgent: string
}

/** A session that began; the secret goes into the cookie. */
export interface BegunSession {
  readonly secret: string
  readonly record: SessionRecord
}

const LONGEST_AGENT = 300

/** Begins one. `before` is the secret of the session that the browser had, which ends. */
export async function beginSession(
  { store, config }: SignInParts,
  who: { readonly person: string; readonly provider: string },
  { remoteAddress, userAgent }: Client,
  before: string | undefined,
): Promise<BegunSession> {
  const secret = newSecret()
  const record = await store.transaction(async (session) => {
    const old = before === undefined ? undefined : await session.resumeSession(hashOf(before), config.sessionIdle)
    if (old !== undefined) await session.endSession(old.id)
    return await session.openSession({
      secretHash: hashOf(secret),
      ...who,
      lifeMs: config.sessionLife,
      remoteAddress,
      userAgent: userAgent.slice(0, LONGEST_AGENT),
    })
  })
  return { secret, record }
}

/**
 * What pages must send with every change: only who reads answers of the session knows it, and another site cannot. It is told from
 * the secret, so that every control plane knows it without storing it.
 */
export function csrfOf(secret: string): string {
  return createHmac('sha256', secret).update('kaas csrf').digest('base64url')
}
