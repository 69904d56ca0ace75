// SPDX-License-Identifier: Apache-2.0
/** Keys for lists whose items have no identity but their place: lines that are edited, headers of a record. */

/** An item with its place. */
export interface Numbered<T> {
  readonly key: string
  readonly index: number
  readonly item: T
}

/** Each item with its place and a key made of it. Only for lists that are not sorted while they are shown. */
export function numbered<T>(items: readonly T[]): readonly Numbered<T>[] {
  return items.map((item, index) => ({ key: `place-${index}`, index, item }))
}
