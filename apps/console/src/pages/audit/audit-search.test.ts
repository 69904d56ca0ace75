// SPDX-License-Identifier: Apache-2.0
/** What a link to the audit page asks for. */
import { describe, expect, it } from 'vitest'
import { AUDIT_DEFAULTS, chipsOf, searchOf } from './audit-search.ts'

describe('A link to the audit log', () => {
  it('without anything shows the last day', () => {
    expect(searchOf(AUDIT_DEFAULTS)).toMatchObject({ sinceMs: 86_400_000, text: '', from: '' })
  })

  it('with times of its own is not cut by the period', () => {
    const search = searchOf({ ...AUDIT_DEFAULTS, from: '2026-01-01T00:00:00Z' })
    expect(search.from).toBe('2026-01-01T00:00:00Z')
    expect(search).not.toHaveProperty('sinceMs')
  })

  it('with an unknown period shows everything instead of nothing', () => {
    expect(searchOf({ ...AUDIT_DEFAULTS, period: 'ever' })).not.toHaveProperty('sinceMs')
  })

  it('shows each condition so that it can be taken off', () => {
    expect(chipsOf({ ...AUDIT_DEFAULTS, actor: 'ada', tenant: 'orders', outcome: 'denied' })).toEqual([
      { name: 'actor', value: 'ada' },
      { name: 'tenant', value: 'orders' },
    ])
  })
})
