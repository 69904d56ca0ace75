// SPDX-License-Identifier: Apache-2.0
/**
 * Produce as bytes. From v13 on topics are told by id, and outside transactions nothing in a request or in a response without
 * errors concerns any step. Producers send tens of thousands of these a second, so they are recognised without being decoded.
 */
import { produce } from '@kaas/kafka-protocol'
import type { Passes } from '../step.ts'

/** First version that names no topics (KIP-516). */
const WITHOUT_NAMES_SINCE = 13
/** Where a response begins behind its length and correlation id: with the tags of its header. */
const HEADER_TAGS = 8
const TOPIC_ID_BYTES = 16
const INDEX_BYTES = 4
/** Base offset, append time, log start offset. */
const OFFSETS_BYTES = 24
const THROTTLE_BYTES = 4
/** An empty list, a text that is null, and no tags, each in compact form. */
const EMPTY = 1
const NULL = 0
const NO_TAGS = 0
/** A length or number of this size or more takes several bytes. */
const LONG = 0x80

/** For steps that have nothing to do with such a Produce. */
export function passesProduce(apiKey: number, apiVersion: number): Passes | undefined {
  if (apiKey !== produce.key || apiVersion < WITHOUT_NAMES_SINCE) return undefined
  return { request: isOutsideTransaction, response: hasOnlySuccesses }
}

/** Whether the transactional id, which is first in the body, is null. */
function isOutsideTransaction(start: Buffer, bodyOffset: number): boolean {
  return start[bodyOffset] === NULL
}

/** Whether a response says of every partition that it was written, and nothing else. False when it is not plain to see. */
export function hasOnlySuccesses(frame: Buffer): boolean {
  const topics = frame[HEADER_TAGS + 1] ?? LONG
  if (frame[HEADER_TAGS] !== NO_TAGS || topics >= LONG) return false
  let at = HEADER_TAGS + 2
  for (let topic = 1; topic < topics; topic++) {
    at += TOPIC_ID_BYTES
    const partitions = frame[at] ?? LONG
    if (partitions >= LONG) return false
    at += 1
    for (let partition = 1; partition < partitions; partition++) {
      at += INDEX_BYTES
      if (frame[at] !== 0 || frame[at + 1] !== 0) return false
      at += 2 + OFFSETS_BYTES
      if (frame[at] !== EMPTY || frame[at + 1] !== NULL || frame[at + 2] !== NO_TAGS) return false
      at += 3
    }
    if (frame[at] !== NO_TAGS) return false
    at += 1
  }
  at += THROTTLE_BYTES
  return frame[at] === NO_TAGS && at + 1 === frame.length
}
