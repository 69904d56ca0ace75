// SPDX-License-Identifier: Apache-2.0
/**
 * Sign-in of the command line by a browser (after RFC 8628): the command line shows a code, somebody who is signed in types it and
 * agrees, and the command line gets a personal token that may what she may. The token is made when it is fetched, so that its secret
 * is never stored.
 */
import { randomInt } from 'node:crypto'
import { KaasError } from '@kaas/errors'
import type { ApiToken } from '@kaas/store'
import type { Principal } from '../routes/principal.ts'
import { newToken, renderToken } from './api-token.ts'
import { countCode, countStart } from './attempt-limits.ts'
import { hashOf, newSecret } from './secrets.ts'
import type { SignInParts } from './sign-in-parts.ts'

const LIFE_MS = 10 * 60_000
const ASK_EVERY_S = 2
/** Without vowels and without what looks alike, so that no words come up and nobody mistypes. */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'
const CODE_LENGTH = 8

/** What the command line is told. */
export interface StartedDevice {
  readonly deviceCode: string
  readonly userCode: string
  readonly expiresInS: number
  readonly intervalS: number
}

/** Begins one. Throws `rate-exceeded`. */
export async function startDevice({ store }: SignInParts, remoteAddress: string): Promise<StartedDevice> {
  await countStart(store, remoteAddress)
  const deviceCode = newSecret()
  const letters = Array.from({ length: CODE_LENGTH }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('')
  const userCode = `${letters.slice(0, 4)}-${letters.slice(4)}`
  await store.saveDeviceSignIn({ deviceHash: hashOf(deviceCode), userCode, remoteAddress }, LIFE_MS)
  return { deviceCode, userCode, expiresInS: LIFE_MS / 1000, intervalS: ASK_EVERY_S }
}

/**
 * Says yes or no. Only a session can: a token that made tokens like itself would never end. Throws `not-allowed`, `rate-exceeded`,
 * and `resource-absent` for a code that nobody waits with.
 */
export async function answerDevice(
  { store }: SignInParts,
  principal: Principal,
  { userCode, approve }: { readonly userCode: string; readonly approve: boolean },
): Promise<void> {
  if (principal.sessionId === undefined) throw notBySession()
  const { name: person, provider } = principal
  await countCode(store, person)
  const answered = await store.answerDeviceSignIn(normalCode(userCode), approve ? { person, provider } : undefined)
  if (answered) return
  throw new KaasError('resource-absent', {
    message: 'No command line waits with this code.',
    help: 'Codes are valid for ten minutes and once. Look at the terminal, or run "kaas login" again.',
  })
}

/** What became of it, with the token once. Throws `sign-in-failed` when it has expired or was told already. */
export async function finishDevice(
  parts: SignInParts,
  deviceCode: string,
): Promise<{ readonly state: 'pending' | 'denied' } | { readonly token: ApiToken; readonly secret: string }> {
  const answer = await parts.store.takeDeviceSignIn(hashOf(deviceCode))
  if (answer === undefined) {
    throw new KaasError('sign-in-failed', {
      message: 'This sign-in of the command line has expired, or is over already.',
      help: 'Run "kaas login" again.',
    })
  }
  if (answer.kind !== 'approved') return { state: answer.kind }
  const { person: owner, provider: ownerProvider, remoteAddress } = answer
  const { id, secret } = newToken()
  const token = await parts.store.saveToken({
    id,
    secretHash: hashOf(secret),
    name: `kaas login from ${remoteAddress}`,
    kind: 'personal',
    owner,
    ownerProvider,
    // The limit is everything, so that the rights of the owner are what counts.
    role: 'platform-admin',
    scope: 'platform',
    lifeMs: parts.config.loginLife,
  })
  return { token, secret: renderToken({ id, secret }) }
}

function normalCode(typed: string): string {
  const letters = typed.toUpperCase().replace(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4, CODE_LENGTH)}`
}

function notBySession(): KaasError {
  return new KaasError('not-allowed', {
    message: 'Only somebody who is signed in to the console can confirm a sign-in of the command line.',
    help: 'Open the address that "kaas login" prints in a browser.',
  })
}
