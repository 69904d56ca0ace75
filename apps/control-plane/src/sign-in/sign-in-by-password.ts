// SPDX-License-Identifier: Apache-2.0
/** Sign-in of the bootstrap administrator. */
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { countPassword, forgivePasswords } from './attempt-limits.ts'
import { BOOTSTRAP_NAME } from './bootstrap-password.ts'
import type { SignInParts } from './sign-in-parts.ts'

/** A refusal takes at least so long, whatever was wrong. */
const LEAST_REFUSAL_MS = 500

/** Throws `not-configured` when it is turned off, `rate-exceeded`, and `credentials-wrong`, which does not say what was wrong. */
export async function signInByPassword(
  { store, checkBootstrap }: SignInParts,
  { name, password }: { readonly name: string; readonly password: string },
  remoteAddress: string,
): Promise<{ readonly person: string; readonly provider: 'bootstrap' }> {
  if (checkBootstrap === undefined) {
    throw new KaasError('not-configured', {
      message: 'Sign-in by password is turned off.',
      help: 'Sign in by an identity provider. Operators turn it on by KAAS_BOOTSTRAP_PASSWORD_FILE, and "bootstrap: enabled" in KAAS_SIGN_IN_FILE.',
    })
  }
  await countPassword(store, name, remoteAddress)
  const least = sleep(LEAST_REFUSAL_MS)
  if (await checkBootstrap(name, password)) {
    await forgivePasswords(store, name, remoteAddress)
    return { person: BOOTSTRAP_NAME, provider: 'bootstrap' }
  }
  await least
  throw new KaasError('credentials-wrong', {
    message: 'Name or password is wrong.',
    help: 'The bootstrap administrator is called "administrator"; "npm start" prints where the password is.',
  })
}
