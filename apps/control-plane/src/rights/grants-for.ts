// SPDX-License-Identifier: Apache-2.0
/** What a session or token may do, for the answer to "who am I". */
import { type Grant, withinOf } from '@kaas/domain'
import type { SessionAnswer } from '@kaas/http-contract'
import type { Principal } from '../routes/principal.ts'
import type { Rights } from './rights.ts'

const MOST_TEAMS = 1000

/** Grants of the principal, and the teams whose tenants she may see: by name, at most a thousand. */
export async function grantsFor(rights: Rights, principal: Principal): Promise<Pick<SessionAnswer, 'grants' | 'teams'>> {
  const { grants } = await rights.callerOf(principal)
  return { grants: grants.map(answerOf), teams: await teamsOf(rights, grants) }
}

/** A grant in the shape of the contract. */
export function answerOf({ rules, ...grant }: Grant): SessionAnswer['grants'][number] {
  return { ...grant, rules: rules.map(({ verbs, kinds }) => ({ verbs: [...verbs], kinds: [...kinds] })) }
}

async function teamsOf({ store }: Rights, grants: readonly Grant[]): Promise<string[]> {
  const within = withinOf(grants, 'read', 'Tenant')
  if (within !== undefined) return [...within.teams].sort()
  const { items } = await store.listResources({ kind: 'Team', limit: MOST_TEAMS })
  return items.map(({ name }) => name)
}
