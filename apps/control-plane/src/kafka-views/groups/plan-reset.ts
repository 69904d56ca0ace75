// SPDX-License-Identifier: Apache-2.0
/** Where a group goes on to read after a reset, partition by partition, never outside of what is kept. Pure; tested as a table. */

/** What decides the new offset of one partition. */
export type ResetRule =
  | { readonly kind: 'earliest' }
  | { readonly kind: 'latest' }
  /** `found` is the offset of the first record of that time or later; undefined when there is none. */
  | { readonly kind: 'time'; readonly found: number | undefined }
  | { readonly kind: 'offset'; readonly offset: bigint }
  | { readonly kind: 'shift'; readonly by: bigint }
  /** `offset` is what the other group committed; undefined when it has nothing there. */
  | { readonly kind: 'group'; readonly offset: bigint | undefined }

/** One partition before the reset. */
export interface ResetPartition {
  readonly before: bigint | undefined
  readonly earliest: number
  readonly latest: number
}

/** Where it goes, and why not where it was asked to. Undefined: the partition is left alone. */
export interface PlannedOffset {
  readonly after: bigint
  readonly note?: string
}

/** The new offset. Undefined when the rule has nothing to say: shifting without an offset, copying what the other group lacks. */
export function planReset(rule: ResetRule, { before, earliest, latest }: ResetPartition): PlannedOffset | undefined {
  const within = (wanted: bigint) => held(wanted, BigInt(earliest), BigInt(latest))
  switch (rule.kind) {
    case 'earliest':
      return { after: BigInt(earliest) }
    case 'latest':
      return { after: BigInt(latest) }
    case 'time':
      if (rule.found === undefined) return { after: BigInt(latest), note: 'No record is that late: at the end.' }
      return within(BigInt(rule.found))
    case 'offset':
      return within(rule.offset)
    case 'shift':
      return before === undefined ? undefined : within(before + rule.by)
    case 'group':
      return rule.offset === undefined ? undefined : within(rule.offset)
    default:
      return rule satisfies never
  }
}

function held(wanted: bigint, earliest: bigint, latest: bigint): PlannedOffset {
  if (wanted < earliest) return { after: earliest, note: `Held at the earliest offset that is kept; ${wanted} is gone.` }
  if (wanted > latest) return { after: latest, note: `Held at the end; ${wanted} is not written yet.` }
  return { after: wanted }
}
