// SPDX-License-Identifier: Apache-2.0
/** Long answers, as a tail of messages, end when the right to them does: they were let in once, and rights may go while they run. */
import { asKaasError } from '@kaas/errors'
import type { Route } from '@kaas/http-contract'
import type { Principal } from '../routes/principal.ts'
import type { SignInParts } from '../sign-in/sign-in-parts.ts'
import { admit } from './admit.ts'
import type { Rights } from './rights.ts'
import { isStillIn } from './still-in.ts'

/** What was asked, and by whom. */
export interface LongAnswer {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
  readonly principal: Principal
}

/** How long an answer may outlive the right to it. */
const EVERY_MS = 10_000

/** Calls `end` when the caller would not be let in any more. Returns how to stop looking. */
export function whileAdmitted(rights: Rights, signIn: SignInParts, answer: LongAnswer, end: () => void): () => void {
  const { principal } = answer
  // The tokens of files never end and never lose a right.
  if (principal.sessionId === undefined && principal.token === undefined) return () => {}
  const timer = setInterval(() => {
    isAdmitted(rights, signIn, answer)
      // A database that is away ends nothing: the next look decides.
      .catch(() => true)
      .then((isIn) => {
        if (!isIn) end()
      })
  }, EVERY_MS).unref()
  return () => clearInterval(timer)
}

async function isAdmitted(rights: Rights, signIn: SignInParts, { route, params, principal }: LongAnswer): Promise<boolean> {
  if (!(await isStillIn(signIn, principal))) return false
  // The stream of events, which shows each event to whom it concerns: hundreds are open, and each question counts.
  if (route.right === undefined && params.tenant === undefined) return true
  try {
    await admit(rights, route, params, principal)
    return true
  } catch (error) {
    const { kind } = asKaasError(error)
    if (kind === 'forbidden' || kind === 'absent') return false
    throw error
  }
}
