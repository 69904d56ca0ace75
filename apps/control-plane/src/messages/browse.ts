// SPDX-License-Identifier: Apache-2.0
/**
 * One browse from its plan to its last event: takes what the partitions found in the order of time, counts, and ends at the first bound
 * that is met. Whoever consumes the events sets the pace.
 */
import type { BrowseEvent, Message } from '@kaas/http-contract'
import type { BrowsePlan } from './browse-plan.ts'
import { renderCursor } from './cursor.ts'
import type { PartitionScan } from './partition-scan.ts'
import { TopicReader, type TopicReaderParts } from './topic-reader.ts'

/** Where a browse ends at the latest. */
export interface BrowseBounds {
  readonly limit: number
  readonly maxRecords: number
  readonly maxBytes: number
  readonly maxMs: number
}

type Done = Extract<BrowseEvent, { kind: 'done' }>

const PROGRESS_MS = 400
/** A tail that nothing comes to says so; proxies give up on silence. */
const STILL_HERE_MS = 10_000
const MOST_WARNINGS = 50

/** The events. Ends after `done`; throws what ended it otherwise. When it is given up, or `signal` aborts, the fetches end first. */
export async function* browse(
  parts: Omit<TopicReaderParts, 'needed'>,
  bounds: BrowseBounds,
  signal: AbortSignal,
): AsyncGenerator<BrowseEvent> {
  const run = new BrowseRun(parts, bounds)
  const wake = () => run.reader.wake()
  signal.addEventListener('abort', wake)
  try {
    yield* run.events(signal)
  } finally {
    signal.removeEventListener('abort', wake)
    await run.reader.stop()
  }
}

class BrowseRun {
  readonly reader: TopicReader
  readonly #plan: BrowsePlan
  readonly #bounds: BrowseBounds
  readonly #startedMs = Date.now()
  #shown = 0
  #warned = 0

  constructor(parts: Omit<TopicReaderParts, 'needed'>, bounds: BrowseBounds) {
    this.#plan = parts.plan
    this.#bounds = bounds
    this.reader = new TopicReader({ ...parts, needed: () => bounds.limit - this.#shown })
  }

  async *events(signal: AbortSignal): AsyncGenerator<BrowseEvent> {
    yield this.#started()
    for (const warning of this.#plan.warnings) yield { kind: 'warning', ...warning }
    this.reader.start()
    let toldMs = Date.now()
    let toldScanned = 0
    for (;;) {
      const changed = this.reader.changed
      yield* this.#warnings()
      if (!this.#plan.tail) this.#prune()
      for (let next = this.#next(false); next !== undefined; next = this.#next(false)) yield this.#show(next)
      const reason = this.#reason(signal)
      if (reason !== undefined) {
        yield* this.#rest(reason)
        yield this.#done(reason)
        return
      }
      const { scanned } = this.reader.counts
      if (Date.now() - toldMs >= (scanned === toldScanned ? STILL_HERE_MS : PROGRESS_MS)) {
        toldMs = Date.now()
        toldScanned = scanned
        yield this.#progress()
      }
      await sooner(changed, Math.min(PROGRESS_MS, this.#startedMs + this.#bounds.maxMs - Date.now()))
    }
  }

  /** What was found and waited only for its order; a bound that was met does not take it away. */
  *#rest(reason: Done['reason']): Generator<BrowseEvent> {
    if (reason === 'limit' || reason === 'stopped') return
    for (let next = this.#next(true); next !== undefined; next = this.#next(true)) yield this.#show(next)
  }

  /**
   * The partition whose first message is the next to show. While another one may still find a newer (or older) one, there is none,
   * unless `atOnce`.
   */
  #next(atOnce: boolean): PartitionScan | undefined {
    if (this.#shown >= this.#bounds.limit) return undefined
    const newest = this.#plan.order === 'newest'
    let best: PartitionScan | undefined
    for (const scan of this.reader.scans) {
      const [time, bestTime] = [scan.queue[0]?.timestampMs, best?.queue[0]?.timestampMs]
      if (time === undefined) continue
      if (bestTime === undefined || (newest ? time > bestTime : time < bestTime)) best = scan
    }
    const time = best?.queue[0]?.timestampMs
    if (time === undefined || atOnce || this.#plan.tail) return best
    const mayComeFirst = ({ queue, isDone, satisfied, reached }: PartitionScan) =>
      queue.length === 0 && !isDone && !satisfied && (reached === undefined || (newest ? reached > time : reached < time))
    return this.reader.scans.some(mayComeFirst) ? undefined : best
  }

  #show(scan: PartitionScan): BrowseEvent {
    const message = scan.queue.shift() as Message
    this.#shown += 1
    this.reader.wake()
    return { kind: 'message', message }
  }

  /** No more messages are kept than can be shown: those that rank last are found again by the cursor. */
  #prune(): void {
    const newest = this.#plan.order === 'newest'
    const left = this.#bounds.limit - this.#shown
    let queued = this.reader.scans.reduce((sum, { queue }) => sum + queue.length, 0)
    for (; queued > left; queued -= 1) {
      let last: PartitionScan | undefined
      for (const scan of this.reader.scans) {
        const [time, lastTime] = [scan.queue.at(-1)?.timestampMs, last?.queue.at(-1)?.timestampMs]
        if (time === undefined) continue
        if (lastTime === undefined || (newest ? time < lastTime : time > lastTime)) last = scan
      }
      last?.dropLast()
    }
  }

  #reason(signal: AbortSignal): Done['reason'] | undefined {
    const { limit, maxBytes, maxMs, maxRecords } = this.#bounds
    const { counts, failure, scans } = this.reader
    if (signal.aborted) return 'stopped'
    if (failure !== undefined) throw failure
    if (this.#shown >= limit) return 'limit'
    if (scans.every((scan) => scan.isDone || scan.satisfied) && scans.every(({ queue }) => queue.length === 0)) return 'end'
    if (counts.scanned >= maxRecords) return 'max-records'
    if (counts.scannedBytes >= maxBytes) return 'max-bytes'
    return Date.now() - this.#startedMs >= maxMs ? 'max-seconds' : undefined
  }

  #started(): BrowseEvent {
    const partitions = this.#plan.ranges.map(({ partition, from, to }) => ({
      partition,
      from,
      to: Number.isFinite(to) ? to : from,
    }))
    return { kind: 'started', partitions, total: partitions.reduce((sum, { from, to }) => sum + to - from, 0) }
  }

  #progress(): BrowseEvent {
    const scans = this.reader.scans.filter((scan) => !scan.isDone && !scan.satisfied)
    const left = scans.reduce((sum, scan) => sum + scan.left, 0)
    return { kind: 'progress', ...this.#counts(), partitionsLeft: scans.length, left }
  }

  #done(reason: Done['reason']): BrowseEvent {
    const cursor = this.#plan.tail ? undefined : renderCursor(this.reader.scans.map((scan) => scan.leftRange()))
    return { kind: 'done', reason, ...this.#counts(), ...(cursor === undefined ? {} : { cursor }) }
  }

  #counts() {
    const elapsedMs = Date.now() - this.#startedMs
    const { counts, firstFilterError } = this.reader
    return {
      ...counts,
      shown: this.#shown,
      elapsedMs,
      perSecond: Math.round((counts.scanned * 1000) / Math.max(1, elapsedMs)),
      ...(firstFilterError === undefined ? {} : { firstFilterError }),
    }
  }

  *#warnings(): Generator<BrowseEvent> {
    for (const warning of this.reader.warnings.splice(0)) {
      this.#warned += 1
      if (this.#warned <= MOST_WARNINGS) yield { kind: 'warning', ...warning }
    }
  }
}

async function sooner(change: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, Math.max(0, ms))
  await Promise.race([change, promise])
  clearTimeout(timer)
}
