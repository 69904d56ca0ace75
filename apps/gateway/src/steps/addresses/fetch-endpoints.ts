// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: from v16 on a Fetch response may end with the addresses of new leaders (KIP-951), which would lead clients around the
 * gateway. Decoding every fetched byte for that would be dear, and the length in front has left before the end is seen. So the
 * bytes are watched as they pass, records are jumped over, and the addresses are overwritten with a tagged field of the
 * same size that no client knows. Nothing is lost: the node id of the new leader stays, and clients know from Metadata where it is.
 * As it comes by them anyway, it tells the errors of partitions.
 */
import { KaasError } from '@kaas/errors'
import type { Watcher } from '../../step.ts'

/** Length, correlation id. */
const BEFORE_HEADER_TAGS = 8
/** Throttle time, error code, session id. */
const BEFORE_TOPICS = 10
const TOPIC_ID = 16
/** Index of a partition. */
const BEFORE_ERROR = 4
/** High watermark, last stable offset, log start offset. */
const BEFORE_ABORTED = 24
/** Producer id, first offset. */
const ABORTED = 16
const PREFERRED_REPLICA = 4
const LONGEST_VARINT_SHIFT = 28
const ENDPOINTS_TAG = 0

/** What the next number means. Between two of them everything has a known length. Those of errors have two bytes, others say how many they have. */
type Expected =
  | 'errorHigh'
  | 'errorLow'
  | 'topics'
  | 'partitions'
  | 'aborted'
  | 'records'
  | 'headerTags'
  | 'abortedTags'
  | 'partitionTags'
  | 'topicTags'
  | 'responseTags'
  | 'tag'
  | 'tagSize'
  | 'end'

/** Watches one Fetch response of v13 or later, from its length on. */
export class FetchEndpointsEraser implements Watcher {
  #expected: Expected = 'headerTags'
  #skip = BEFORE_HEADER_TAGS
  #number = 0
  #shift = 0
  #topics = 0
  #partitions = 0
  #aborted = 0
  #tags = 0
  #errorHigh = 0
  readonly #error: (code: number) => void
  /** Whose tags are being read. */
  #tagged: Expected = 'headerTags'
  #isErasing = false

  /** `error` is told the code of each partition that has one. */
  constructor(error: (code: number) => void) {
    this.#error = error
  }

  /** Throws `frame-corrupt` when a number has no end. */
  piece(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#skip > 0) {
        const end = Math.min(at + this.#skip, bytes.length)
        if (this.#isErasing) bytes.fill(0, at, end)
        this.#skip -= end - at
        at = end
      } else if (this.#expected === 'end') {
        return
      } else {
        const byte = bytes[at] as number
        if (this.#expected === 'errorHigh') this.#beginError(byte)
        else if (this.#expected === 'errorLow') this.#endError(byte)
        else this.#digit(bytes, at)
        at += 1
      }
    }
  }

  #beginError(byte: number): void {
    this.#errorHigh = byte
    this.#expect('errorLow', 0)
  }

  #endError(byte: number): void {
    // Shifted as Kafka's numbers are signed: -1 is an error of the server.
    const code = ((this.#errorHigh << 24) | (byte << 16)) >> 16
    if (code !== 0) this.#error(code)
    this.#expect('aborted', BEFORE_ABORTED)
  }

  #digit(bytes: Buffer, at: number): void {
    const digit = bytes[at] as number
    if (this.#shift > LONGEST_VARINT_SHIFT) {
      throw new KaasError('frame-corrupt', { message: 'A number in a Fetch response of the broker has no end.' })
    }
    this.#number += (digit & 0x7f) * 2 ** this.#shift
    this.#shift += 7
    if (digit >= 0x80) return
    const value = this.#number
    if (this.#expected === 'tag') {
      this.#isErasing = this.#tagged === 'responseTags' && value === ENDPOINTS_TAG
      // The number becomes one that is not known, in as many bytes.
      if (this.#isErasing) bytes[at] = this.#shift > 7 ? 0x01 : 0x7f
    }
    this.#number = 0
    this.#shift = 0
    this.#understand(value)
  }

  #understand(value: number): void {
    switch (this.#expected) {
      case 'topics':
        this.#topics = Math.max(value - 1, 0)
        this.#nextTopic()
        break
      case 'partitions':
        this.#partitions = Math.max(value - 1, 0)
        this.#nextPartition()
        break
      case 'aborted':
        this.#aborted = Math.max(value - 1, 0)
        this.#nextAborted()
        break
      case 'records':
        this.#expect('partitionTags', Math.max(value - 1, 0))
        break
      case 'headerTags':
      case 'abortedTags':
      case 'partitionTags':
      case 'topicTags':
      case 'responseTags':
        this.#tagged = this.#expected
        this.#tags = value
        this.#nextTag(0)
        break
      case 'tag':
        this.#expect('tagSize', 0)
        break
      case 'tagSize':
        this.#tags -= 1
        this.#nextTag(value)
        break
      case 'errorHigh':
      case 'errorLow':
      case 'end':
        return
    }
  }

  #nextTag(skip: number): void {
    if (this.#tags > 0) {
      this.#expect('tag', skip)
      return
    }
    switch (this.#tagged) {
      case 'headerTags':
        this.#expect('topics', skip + BEFORE_TOPICS)
        break
      case 'abortedTags':
        this.#nextAborted(skip)
        break
      case 'partitionTags':
        this.#nextPartition(skip)
        break
      case 'topicTags':
        this.#nextTopic(skip)
        break
      default:
        this.#expect('end', skip)
        break
    }
  }

  #nextTopic(skip = 0): void {
    if (this.#topics === 0) {
      this.#expect('responseTags', skip)
      return
    }
    this.#topics -= 1
    this.#expect('partitions', skip + TOPIC_ID)
  }

  #nextPartition(skip = 0): void {
    if (this.#partitions === 0) {
      this.#expect('topicTags', skip)
      return
    }
    this.#partitions -= 1
    this.#expect('errorHigh', skip + BEFORE_ERROR)
  }

  #nextAborted(skip = 0): void {
    if (this.#aborted === 0) {
      this.#expect('records', skip + PREFERRED_REPLICA)
      return
    }
    this.#aborted -= 1
    this.#expect('abortedTags', skip + ABORTED)
  }

  #expect(expected: Expected, skip: number): void {
    this.#expected = expected
    this.#skip = skip
  }
}
