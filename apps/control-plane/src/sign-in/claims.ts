// SPDX-License-Identifier: Apache-2.0
/** From what an identity provider says to a person: her name, her groups. Pure; what is said has been verified before. */
import { KaasError } from '@kaas/errors'
import type { Person } from '@kaas/store'
import type { ProviderConfig } from './sign-in-config.ts'

/** Claims of the ID token, with those of the userinfo endpoint where one was asked. */
export type Claims = Readonly<Record<string, unknown>>

const MOST_GROUPS = 2000
/** Names of the product's own; nobody gets them from a provider. */
const RESERVED: readonly string[] = [
  'administrator',
  'gateway',
  'api-server',
  'anonymous',
  'anyone',
  'configuration',
  'reconciler',
]
const LONGEST_NAME = 200

/** The person. Throws `sign-in-failed` for claims that name nobody. */
export function personFrom(claims: Claims, config: ProviderConfig): Person {
  const name = `${config.prefix}${nameIn(claims, config)}`
  const subject = textOf(claims.sub)
  if (subject === undefined) throw failed(config, 'its answer says no subject ("sub")')
  const email = textOf(claims.email)
  return {
    name,
    provider: config.id,
    subject,
    displayName: shortened(textOf(claims.name) ?? name),
    ...(email === undefined ? {} : { email: shortened(email) }),
    groups: groupsIn(claims, config.groupsClaim).map((group) => `${config.prefix}${group}`),
    claims,
  }
}

/** Whether the claim of groups is missing, so that the userinfo endpoint must be asked. */
export function lacks(claims: Claims, { nameClaim, groupsClaim }: ProviderConfig): boolean {
  return claimAt(claims, nameClaim) === undefined || claimAt(claims, groupsClaim) === undefined
}

function nameIn(claims: Claims, config: ProviderConfig): string {
  const { nameClaim } = config
  const name = textOf(claimAt(claims, nameClaim))
  if (name === undefined) throw failed(config, `its answer has no claim "${nameClaim}", which names people here`)
  if (nameClaim === 'email' && claims.email_verified === false) {
    throw failed(config, 'it has not verified the e-mail address, which names people here')
  }
  // Names are shown, logged and compared. A colon would look like another kind of actor (token:…, git:…).
  const isUsable = /^[\p{L}\p{N}][\p{L}\p{N}.@_+ -]*$/u.test(name) && name.length <= LONGEST_NAME
  if (!isUsable || RESERVED.includes(`${config.prefix}${name}`.toLowerCase())) {
    throw failed(config, `the name ${JSON.stringify(name.slice(0, LONGEST_NAME))} cannot be used here`)
  }
  return name.normalize('NFC')
}

/** A list of texts, or one text; a claim below another is named with a dot, as in `realm_access.roles`. */
function groupsIn(claims: Claims, path: string): readonly string[] {
  const value = claimAt(claims, path)
  const list = Array.isArray(value) ? value : [value]
  const texts = list.filter((each): each is string => typeof each === 'string' && each.length > 0)
  return [...new Set(texts)].slice(0, MOST_GROUPS)
}

/** A claim by its whole name first: providers use addresses as names, and those have dots. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  return path.split('.').reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    return (value as Record<string, unknown>)[part]
  }, claims)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function shortened(text: string): string {
  return text.slice(0, LONGEST_NAME)
}

function failed({ name, nameClaim }: ProviderConfig, why: string): KaasError {
  return new KaasError('sign-in-failed', {
    message: `${name} knows you, but ${why}.`,
    help: `Ask the people who run the identity provider; the claim that names people ("${nameClaim}") is set in KAAS_SIGN_IN_FILE.`,
  })
}
