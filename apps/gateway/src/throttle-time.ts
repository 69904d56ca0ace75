// SPDX-License-Identifier: Apache-2.0
/**
 * Where `throttle_time_ms` stands in the bytes of a response, so that clients are told how long their connection rests (KIP-219)
 * without decoding anything: at the front of most answers, at the end of Produce's.
 */
import type { Api } from '@kaas/kafka-protocol'
import { LENGTH_BYTES } from './frame-splitter.ts'

const CORRELATION_BYTES = 4
const PRODUCE_KEY = 0

/** Where the field is in a response: counted from the front, or from the end. Undefined when the version has none. */
export type ThrottlePlace =
  | { readonly kind: 'front'; readonly offset: number }
  | { readonly kind: 'end'; readonly isFlexible: boolean }

/** The place for one API and version. */
export function throttlePlaceOf(api: Api, version: number): ThrottlePlace | undefined {
  const [name, field] = Object.entries(api.response)[0] ?? []
  const isFlexible = version >= api.flexible
  if (api.key === PRODUCE_KEY) return version >= 1 ? { kind: 'end', isFlexible } : undefined
  if (name !== 'throttleTimeMs' || field === undefined || version < field.spec.since) return undefined
  // A flexible header has a section of tags, which no broker fills.
  return { kind: 'front', offset: LENGTH_BYTES + CORRELATION_BYTES + (isFlexible ? 1 : 0) }
}

/**
 * Raises the field to `waitMs` in a response, or in its first piece. Bytes where the place cannot be told for sure stay as they are:
 * the connection rests all the same.
 */
export function raiseThrottleTime(place: ThrottlePlace, bytes: Buffer, isWhole: boolean, waitMs: number): void {
  const offset = place.kind === 'front' ? frontOf(place.offset, bytes) : endOf(place.isFlexible, bytes, isWhole)
  if (offset === undefined) return
  bytes.writeInt32BE(Math.max(bytes.readInt32BE(offset), Math.ceil(waitMs)), offset)
}

function frontOf(offset: number, bytes: Buffer): number | undefined {
  const hasNoTags = offset === LENGTH_BYTES + CORRELATION_BYTES || bytes[offset - 1] === 0
  return hasNoTags && bytes.length >= offset + 4 ? offset : undefined
}

/** Behind the field a flexible version has the count of tags, and endpoints of new leaders when it is not zero. */
function endOf(isFlexible: boolean, bytes: Buffer, isWhole: boolean): number | undefined {
  const behind = isFlexible ? 1 : 0
  if (!isWhole || bytes.length < LENGTH_BYTES + CORRELATION_BYTES + 4 + behind) return undefined
  return isFlexible && bytes.at(-1) !== 0 ? undefined : bytes.length - behind - 4
}
