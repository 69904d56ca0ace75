// SPDX-License-Identifier: Apache-2.0
/** One text for equal values, whatever the order of their fields. Pure. */

/** Fields in the order of their names; an absent field and an undefined one are the same. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
