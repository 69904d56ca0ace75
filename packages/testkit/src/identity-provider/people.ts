// SPDX-License-Identifier: Apache-2.0
/** The people whom the OpenID provider of tests knows. */

/** Somebody who can log in. Her password is her login, a dash, and `password`: `ada-password`. */
export interface TestPerson {
  readonly login: string
  /** The claim `preferred_username`; her login when absent. `sub` is always the login. */
  readonly preferredName?: string
  readonly name: string
  readonly email: string
  readonly groups: readonly string[]
}

/** Ada and Edsger build on orders, Grace runs the platform, Barbara looks after payments, Mallory belongs nowhere. */
export const PEOPLE: readonly TestPerson[] = [
  { login: 'ada', name: 'Ada Lovelace', email: 'ada@example.org', groups: ['orders-dev'] },
  { login: 'edsger', name: 'Edsger Dijkstra', email: 'edsger@example.org', groups: ['orders-readers'] },
  { login: 'grace', name: 'Grace Hopper', email: 'grace@example.org', groups: ['platform-admins'] },
  { login: 'barbara', name: 'Barbara Liskov', email: 'barbara@example.org', groups: ['payments-dev'] },
  { login: 'mallory', name: 'Mallory', email: 'mallory@example.org', groups: [] },
]

/** The password of a person. */
export function passwordOf(login: string): string {
  return `${login}-password`
}
