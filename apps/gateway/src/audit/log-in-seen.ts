// SPDX-License-Identifier: Apache-2.0
/**
 * Log-ins in the words of the audit log. A claimed name is told only where it has the form of a name below a tenant that there is: people
 * type passwords into the field of the name. Pure.
 */
import { logicalName, parseUserName, tenantOf } from '@kaas/domain'
import type { Seen } from './journal.ts'

/** Where somebody came from, and how. */
export interface LogInFrom {
  readonly remote: string
  readonly mechanism: string
}

/** Somebody is logged in. */
export function logInSeen({ remote, mechanism }: LogInFrom, tenant: string, user: string): Seen {
  const message = `The user logged in by ${mechanism}.`
  return {
    ...{ action: 'log-in', outcome: 'allowed', rule: 'credentials' },
    message,
    ...{ tenant, user, mechanism },
    remoteAddress: remote,
  }
}

/** Somebody is not. `isTenant` says whether there is a tenant with that name. */
export function refusalSeen(
  { remote, mechanism }: LogInFrom,
  claimed: string | undefined,
  why: { readonly rule: string; readonly message: string },
  isTenant: (name: string) => boolean,
): Seen {
  const known = claimOf(claimed, isTenant)
  const who = known === undefined ? ' Who it claimed to be is nobody here.' : ''
  const action = why.rule === 'limit-exceeded' ? 'limit' : 'log-in'
  const message = action === 'limit' ? why.message : `A log-in by ${mechanism} was refused.${who}`
  return { action, outcome: 'denied', rule: why.rule, message, ...known, mechanism, remoteAddress: remote }
}

function claimOf(
  claimed: string | undefined,
  isTenant: (name: string) => boolean,
): { readonly tenant: string; readonly user: string } | undefined {
  const tenant = tenantOf(claimed ?? '')
  if (claimed === undefined || tenant === undefined || !isTenant(tenant)) return undefined
  try {
    parseUserName(logicalName(tenant, claimed) ?? '')
    return { tenant, user: claimed }
  } catch {
    return undefined
  }
}
