// SPDX-License-Identifier: Apache-2.0
/**
 * The event stream as one caller may see it. Rights change by events of the same stream, so they are looked at anew when such an
 * event comes by: what follows it is judged by the rights that it left.
 */
import { decidingGrant, type Question } from '@kaas/domain'
import type { StoreEvent } from '@kaas/store'
import type { Caller, Rights } from './rights.ts'

const GRANTING_KINDS: readonly string[] = ['Team', 'Role', 'RoleBinding']

/** Judges one event after the other, in their order: the event as she may see it, undefined for what is not hers. */
export type EventFilter = (event: StoreEvent) => Promise<StoreEvent | undefined>

/** A filter for one stream. */
export function eventFilter(rights: Rights, first: Caller): EventFilter {
  let caller = first
  return async (event) => {
    const isChange = event.type !== 'status' && GRANTING_KINDS.includes(event.key.kind)
    if (isChange && caller.principal.kind !== 'bootstrap') caller = await rights.callerOf(caller.principal)
    if (mayRead(caller, event, event.team)) return event
    if (event.teamBefore === undefined || !mayRead(caller, event, event.teamBefore)) return undefined
    // The tenant went to a team that she does not see: for her it is gone, and what it is now is none of hers.
    const { teamBefore: _, team: __, ...seen } = event
    return { ...seen, type: 'removed', conditions: [] }
  }
}

function mayRead({ grants }: Caller, { key }: StoreEvent, team: string | undefined): boolean {
  const tenant = key.kind === 'Tenant' ? key.name : key.tenant
  const question: Question = { verb: 'read', kind: key.kind, tenant, team }
  return decidingGrant(grants, question) !== undefined
}
