// SPDX-License-Identifier: Apache-2.0
/** Constraints: one row each, its share, and which of several binds. */
import type { Constraint } from '@kaas/domain'

/** A constraint before its share is known. */
export type ConstraintRow = Omit<Constraint, 'share' | 'headroom'>

/** The row with share and head-room. Capacity, target and demand are above zero; a full cluster has head-room 0. */
export function constraintOf(row: ConstraintRow): Constraint {
  const usable = row.capacity * row.target
  return { ...row, share: (row.demand + row.taken) / usable, headroom: Math.max(0, usable - row.taken) / row.demand }
}

/** The constraint with the highest share, the first of several; undefined of none. */
export function bindingOf(constraints: readonly Constraint[]): Constraint | undefined {
  return constraints.reduce<Constraint | undefined>(
    (binding, each) => (binding === undefined || each.share > binding.share ? each : binding),
    undefined,
  )
}

/**
 * `value` with three significant digits, rounded towards zero: what a person reads and types again is never more than what
 * fits.
 */
export function roundedDown(value: number): number {
  if (value <= 0) return 0
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 2)
  return Math.floor(value / step) * step
}
