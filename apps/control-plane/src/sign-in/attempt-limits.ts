// SPDX-License-Identifier: Apache-2.0
/**
 * How often somebody may try. Counted in the database, so that several control planes count together and a restart forgives nothing.
 * Behind a proxy all would be one address: KAAS_TRUSTED_PROXIES names those whose word on addresses counts.
 */
import { KaasError } from '@kaas/errors'
import type { Store } from '@kaas/store'

/** What is limited. */
interface Limit {
  readonly key: string
  readonly most: number
  readonly windowMs: number
}

const MINUTE_MS = 60_000

/** Passwords from one address. */
const passwordsFrom = (address: string): Limit => ({ key: `passwords from ${address}`, most: 10, windowMs: 5 * MINUTE_MS })
/** Passwords for one name from everywhere: wide, since it also keeps the owner of the name out. */
const passwordsFor = (name: string): Limit => ({ key: `passwords for ${name}`, most: 30, windowMs: 15 * MINUTE_MS })
/** Sign-ins that were begun; each is a row for some minutes. In the morning a whole company comes from one address. */
const startsFrom = (address: string): Limit => ({ key: `begun from ${address}`, most: 600, windowMs: MINUTE_MS })
/** Codes of the command line that somebody typed: with eight letters there is nothing to guess in ten tries. */
const codesBy = (person: string): Limit => ({ key: `codes of ${person}`, most: 10, windowMs: 10 * MINUTE_MS })
const NAME_LENGTH = 100

/** Counts a password before it is looked at, so that many at once cannot slip through. Throws `rate-exceeded`. */
export async function countPassword(store: Store, name: string, address: string): Promise<void> {
  for (const limit of passwordLimits(name, address)) await count(store, limit)
}

/** After the right password: what was mistyped before is forgiven. */
export async function forgivePasswords(store: Store, name: string, address: string): Promise<void> {
  for (const { key } of passwordLimits(name, address)) await store.forgetAttempts(key)
}

/** Counts a sign-in that begins. Throws `rate-exceeded`. */
export async function countStart(store: Store, address: string): Promise<void> {
  await count(store, startsFrom(address))
}

/** Counts a typed code. Throws `rate-exceeded`. */
export async function countCode(store: Store, person: string): Promise<void> {
  await count(store, codesBy(person))
}

function passwordLimits(name: string, address: string): readonly Limit[] {
  return [passwordsFrom(address), passwordsFor(name.slice(0, NAME_LENGTH))]
}

async function count(store: Store, { key, most, windowMs }: Limit): Promise<void> {
  const counted = await store.countAttempt(key, windowMs)
  if (counted.count > most) throw tooMany(counted.endsInMs)
}

function tooMany(endsInMs: number): KaasError {
  const minutes = Math.max(1, Math.ceil(endsInMs / MINUTE_MS))
  return new KaasError('rate-exceeded', {
    message: 'There were too many attempts to sign in.',
    help: `Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`,
  })
}
