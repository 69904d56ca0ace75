// SPDX-License-Identifier: Apache-2.0
/** What somebody fills in for a token, and what is asked of the server for it. */
import { SHIPPED_ROLES } from '@kaas/domain'
import type { NewToken } from '@kaas/http-contract'

/** The form. `where` is the kind of scope, `place` the name of team or tenant. */
export interface TokenForm {
  readonly name: string
  readonly kind: NewToken['kind']
  readonly role: string
  readonly where: 'platform' | 'team' | 'tenant'
  readonly place: string
  readonly expiresIn: string
}

/** A token of the person herself, that may what she may. */
export const EMPTY_FORM: TokenForm = {
  name: '',
  kind: 'personal',
  role: 'platform-admin',
  where: 'platform',
  place: '',
  expiresIn: '30d',
}

/** How long tokens can live, as choices. */
export const LIVES: readonly { readonly value: string; readonly label: string }[] = [
  { value: '1h', label: 'one hour' },
  { value: '1d', label: 'one day' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
  { value: '90d', label: '90 days' },
  { value: '365d', label: 'one year' },
]

/** Names of shipped roles, then those that were made here. */
export function roleNames(own: readonly string[]): string[] {
  return [...SHIPPED_ROLES.map(({ name }) => name), ...own]
}

/** What is wrong, by field; nothing when it can be sent. */
export function problemsIn({ name, where, place }: TokenForm): Partial<Record<keyof TokenForm, string>> {
  return {
    ...(name.trim() === '' && { name: 'Say what it is for: it is how you find it again.' }),
    ...(where !== 'platform' && place.trim() === '' && { place: `Name the ${where}.` }),
  }
}

/** The body of the request. */
export function newTokenFrom({ name, kind, role, where, place, expiresIn }: TokenForm): NewToken {
  return { name: name.trim(), kind, role, scope: scopeFrom(where, place.trim()), expiresIn }
}

function scopeFrom(where: TokenForm['where'], place: string): NewToken['scope'] {
  if (where === 'platform') return 'platform'
  return where === 'team' ? { team: place } : { tenant: place }
}
