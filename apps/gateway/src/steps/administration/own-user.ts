// SPDX-License-Identifier: Apache-2.0
/** Names of users as administrators of a tenant write them: `app`, or `orders.app` as she logs in. Pure. */

/** The user's name on the cluster: always one of the tenant's. Users have no dots in their names, so both ways are told apart. */
export function physicalUser(prefix: string, name: string): string {
  return name === '' || name.startsWith(prefix) ? name : `${prefix}${name}`
}

/** Her name in the tenant; undefined for a user of nobody, or of somebody else. */
export function logicalUser(prefix: string, name: string | null): string | undefined {
  return name?.startsWith(prefix) === true ? name.slice(prefix.length) : undefined
}

/** So many entries of a request are told why they are refused, the others by their code alone: a short request must not make a long answer. */
export const MOST_EXPLAINED = 100
