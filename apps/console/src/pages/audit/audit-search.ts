// SPDX-License-Identifier: Apache-2.0
/** The search of the audit page as it is in the address, and as the server is asked. Pure. */
import type { AuditSearch } from '../../data/audit.ts'

/** Members of the address. `period` is a word of `PERIODS`, or empty for everything. */
export const AUDIT_DEFAULTS = {
  filter: '',
  actor: '',
  action: '',
  below: '',
  tenant: '',
  team: '',
  outcome: '',
  period: '24h',
  from: '',
  until: '',
  follow: 'on',
  record: '',
}
/** All texts, as addresses have them. */
export type AuditUrlState = typeof AUDIT_DEFAULTS

const HOUR_MS = 3_600_000

/** Spans that are offered, with their milliseconds. */
export const PERIODS = [
  { value: '1h', label: 'The last hour', ms: HOUR_MS },
  { value: '24h', label: 'The last 24 hours', ms: 24 * HOUR_MS },
  { value: '7d', label: 'The last 7 days', ms: 168 * HOUR_MS },
  { value: '30d', label: 'The last 30 days', ms: 720 * HOUR_MS },
] as const

/** What the server is asked. Times of the person's own win over the period. */
export function searchOf(state: AuditUrlState): AuditSearch {
  const { actor, action, below, tenant, team, outcome, from, until } = state
  const period = PERIODS.find(({ value }) => value === state.period)
  const isOwn = from !== '' || until !== ''
  const sinceMs = isOwn || period === undefined ? {} : { sinceMs: period.ms }
  return { text: state.filter.trim(), actor, action, below, tenant, team, outcome, from, until, ...sinceMs }
}

/** The conditions beside text and period, as chips that can be taken off. */
export function chipsOf(state: AuditUrlState): readonly { readonly name: keyof AuditUrlState; readonly value: string }[] {
  const names = ['actor', 'action', 'below', 'tenant', 'team', 'from', 'until'] as const
  return names.flatMap((name) => (state[name] === '' ? [] : [{ name, value: state[name] }]))
}
