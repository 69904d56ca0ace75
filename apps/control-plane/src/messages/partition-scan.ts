// SPDX-License-Identifier: Apache-2.0
/**
 * One partition on its way through a browse: what to fetch next, what was found and not shown yet, and how far the search has come. It
 * reads in windows of offsets, each from its beginning to its end, because Kafka reads forwards only; newest first takes the windows
 * from the end backwards. Oldest first is one window.
 */
import type { Message } from '@kaas/http-contract'
import type { BrowseRange } from './browse-plan.ts'
import type { Evaluation } from './evaluator/evaluation.ts'

/** What to fetch, and what of it to look through. */
export interface Piece {
  /** Answers to pieces that were planned before the search was set back are dropped. */
  readonly generation: number
  readonly offset: number
  /** Records from here on belong to another window. */
  readonly to: number
  readonly maxBytes: number
}

/** Offsets of a first window backwards, at most and at least. */
const FIRST_WINDOW = 200
const MOST_WINDOW = 200_000
const MOST_EMPTY_ANSWERS = 3
/** A piece asks for a little more than its window is thought to have. */
const SPARE_BYTES = 32 * 1024

/** The state of one partition. Fetching is `topic-reader.ts`, showing is `browse.ts`. */
export class PartitionScan {
  readonly range: BrowseRange
  readonly #backwards: boolean
  readonly #pieceBytes: number
  /** Found and not shown, in the order of showing. */
  readonly queue: Message[] = []
  /** Timestamp that the search has reached; undefined before the first record. */
  reached: number | undefined
  /** It has more matches than can be shown: they rank behind all that will be. */
  satisfied = false
  #generation = 0
  #windowFrom: number
  #windowTo: number
  #next: number
  #bytesPerOffset: number | undefined
  #windowBytes = 0
  #windowFound: Message[] = []
  #windowCut: number | undefined
  #windowReached: number | undefined
  /** What is searched completely: below it oldest first, from it on newest first. */
  #searchedTo: number
  #empties = 0
  #emptyFirsts = 0
  #failed = false

  constructor(range: BrowseRange, backwards: boolean, pieceBytes: number) {
    this.range = range
    this.#backwards = backwards
    this.#pieceBytes = pieceBytes
    this.#searchedTo = backwards ? range.to : range.from
    this.#windowTo = range.to
    this.#windowFrom = backwards ? Math.max(range.from, range.to - FIRST_WINDOW) : range.from
    this.#next = this.#windowFrom
  }

  get partition(): number {
    return this.range.partition
  }

  /** Nothing of its range is left to search. */
  get isDone(): boolean {
    return this.#failed || (this.#backwards ? this.#searchedTo <= this.range.from : this.#searchedTo >= this.range.to)
  }

  /** Offsets that are not searched yet. */
  get left(): number {
    if (this.isDone) return 0
    const left = this.#backwards ? this.#searchedTo - this.range.from : this.range.to - this.#searchedTo
    return Number.isFinite(left) ? left : 0
  }

  /** How often Kafka had no room for it in an answer; who waits longest is asked for first. */
  get empties(): number {
    return this.#empties
  }

  /** The next piece; undefined when all of the window was fetched. */
  plan(): Piece | undefined {
    if (this.isDone || this.satisfied || this.#next >= this.#windowTo) return undefined
    const expected = this.#backwards ? (this.#windowTo - this.#next) * (this.#bytesPerOffset ?? 1024) * 1.2 + SPARE_BYTES : 0
    const maxBytes = this.#backwards ? Math.min(this.#pieceBytes, Math.ceil(expected)) : this.#pieceBytes
    return { generation: this.#generation, offset: this.#next, to: this.#windowTo, maxBytes }
  }

  /** Whether answers to `piece` still count. */
  isCurrent(piece: Piece): boolean {
    return piece.generation === this.#generation && !this.isDone && !this.satisfied
  }

  /**
   * A piece came, whose last whole batch ends before `next`; undefined when none was whole. `first` says that it was asked for before
   * all others, so that Kafka had room for it. Returns where the search is now.
   */
  fetched(next: number | undefined, bytes: number, first: boolean): number {
    this.#windowBytes += bytes
    if (next !== undefined && next > this.#next) {
      this.#next = next
      this.#empties = 0
    } else {
      this.#empties += 1
      if (first) this.#emptyFirsts += 1
    }
    // Nothing, several times, where the log has offsets: compaction has emptied the rest.
    if (this.#emptyFirsts >= MOST_EMPTY_ANSWERS && Number.isFinite(this.range.to)) this.#next = this.#windowTo
    return this.#next
  }

  /** What was found in a piece, up to offset `next`. Pieces come in the order of their offsets. */
  evaluated(found: Evaluation, next: number, most: number): void {
    if (this.#backwards) this.#evaluatedBackwards(found, next, most)
    else this.#evaluatedForwards(found, next)
  }

  /** The log begins later than it did: what was before is gone. */
  beginAt(earliest: number): void {
    const from = Math.max(this.#windowFrom, earliest)
    this.#next = Math.max(this.#next, from)
    if (this.#backwards && from >= this.#windowTo) this.#searchedTo = this.range.from
    else if (!this.#backwards) this.#searchedTo = Math.max(this.#searchedTo, from)
  }

  /** It cannot be read; what is left stays in the cursor. */
  fail(): void {
    this.#failed = true
  }

  /** Takes the last found message away, which ranks behind all that can be shown; it is found again by the cursor. */
  dropLast(): void {
    const message = this.queue.pop()
    if (message === undefined) return
    this.satisfied = true
    this.#generation += 1
    this.#searchedTo = this.#backwards ? message.offset + 1 : message.offset
  }

  /** What is left for later: after what was shown. */
  leftRange(): readonly [partition: number, from: number, to: number] {
    const first = this.queue[0]
    const { partition, from, to } = this.range
    if (this.#backwards) return [partition, from, first === undefined ? this.#searchedTo : first.offset + 1]
    return [partition, first === undefined ? this.#searchedTo : first.offset, to]
  }

  #evaluatedForwards(found: Evaluation, next: number): void {
    this.queue.push(...found.messages)
    this.reached = found.lastTimestamp ?? this.reached
    this.#searchedTo = Math.max(this.#searchedTo, Math.min(found.cut ?? next, this.range.to))
    if (found.cut === undefined) return
    this.#generation += 1
    this.#next = found.cut
  }

  #evaluatedBackwards(found: Evaluation, next: number, most: number): void {
    if (found.cut !== undefined) {
      this.#windowFound = []
      this.#windowCut = found.cut
    }
    this.#windowFound.push(...found.messages)
    this.#windowReached ??= found.firstTimestamp
    const surplus = this.#windowFound.length - most
    if (surplus > 0) {
      const dropped = this.#windowFound.splice(0, surplus)
      this.#windowCut = (dropped.at(-1)?.offset ?? 0) + 1
    }
    if (next >= this.#windowTo) this.#finishWindow()
  }

  #finishWindow(): void {
    this.queue.push(...this.#windowFound.reverse())
    this.reached = this.#windowReached ?? this.reached
    this.#searchedTo = this.#windowCut ?? this.#windowFrom
    const offsets = this.#windowTo - this.#windowFrom
    this.#bytesPerOffset = Math.max(1, this.#windowBytes / Math.max(1, offsets))
    const wanted = Math.min(MOST_WINDOW, Math.max(FIRST_WINDOW / 4, Math.floor(this.#pieceBytes / this.#bytesPerOffset)))
    this.#windowTo = this.#searchedTo
    this.#windowFrom = Math.max(this.range.from, this.#windowTo - Math.min(wanted, offsets * 8))
    this.#next = this.#windowFrom
    this.#windowBytes = 0
    this.#windowFound = []
    this.#windowCut = undefined
    this.#windowReached = undefined
    this.#generation += 1
  }
}
