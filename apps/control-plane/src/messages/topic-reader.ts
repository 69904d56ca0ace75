// SPDX-License-Identifier: Apache-2.0
/**
 * Fetches what the partitions of a browse want and has it looked through. One fetch per leader is on the way, while the answer before it
 * is evaluated; what nobody has shown yet stops the next one.
 */
import { asKaasError } from '@kaas/errors'
import { type FetchedPartition, type KafkaAdmin, releaseRecords } from '@kaas/kafka-admin'
import { offsetAfter } from '@kaas/kafka-records'
import type { BrowsePlan } from './browse-plan.ts'
import type { ByteBudget } from './byte-budget.ts'
import type { Evaluation } from './evaluator/evaluation.ts'
import type { Evaluating } from './evaluator/evaluator-pool.ts'
import { PartitionScan, type Piece } from './partition-scan.ts'

/** What it works with. */
export interface TopicReaderParts {
  readonly admin: KafkaAdmin
  readonly plan: BrowsePlan
  readonly isolation: 'committed' | 'uncommitted'
  readonly evaluating: Evaluating
  readonly budget: ByteBudget
  /** How many messages may still be shown. */
  readonly needed: () => number
}

/** Bytes of one answer, and what one partition may have of it. */
const ANSWER_BYTES = 4 * 1024 * 1024
const TAIL_BYTES = 512 * 1024
const LEAST_PIECE_BYTES = 128 * 1024
const MOST_PIECE_BYTES = 1024 * 1024
/** How long a broker waits for new records, and for those that must be there. */
const TAIL_WAIT_MS = 500
const WAIT_MS = 100
/** Matches of one partition that wait to be shown. */
const MOST_QUEUED = 500
const MOST_FAILURES = 5
const PAUSE_MS = 200

const NOTHING: Evaluation = { messages: [], scanned: 0, scannedBytes: 0, filterErrors: 0, warnings: [] }

/** Owns the fetches of one browse: `stop` ends them. */
export class TopicReader {
  readonly scans: readonly PartitionScan[]
  readonly warnings: { readonly partition: number; readonly message: string }[] = []
  readonly counts = { scanned: 0, scannedBytes: 0, filterErrors: 0 }
  firstFilterError: string | undefined
  /** Why the browse cannot go on. */
  failure: unknown
  readonly #parts: TopicReaderParts
  readonly #stop = new AbortController()
  readonly #leaders: Map<number, number>
  readonly #loops = new Map<number, Promise<void>>()
  #change = Promise.withResolvers<void>()

  constructor(parts: TopicReaderParts) {
    const { plan } = parts
    this.#parts = parts
    this.#leaders = new Map(plan.leaders)
    const share = Math.floor((plan.tail ? TAIL_BYTES : ANSWER_BYTES) / Math.max(1, plan.ranges.length))
    const pieceBytes = Math.min(MOST_PIECE_BYTES, Math.max(LEAST_PIECE_BYTES, share))
    this.scans = plan.ranges.map((range) => new PartitionScan(range, plan.order === 'newest', pieceBytes))
  }

  /** Begins; call it once. */
  start(): void {
    for (const leader of new Set(this.#leaders.values())) this.#follow(leader)
  }

  /** Something was taken from a queue: there may be room again. */
  wake(): void {
    this.#change.resolve()
    this.#change = Promise.withResolvers<void>()
  }

  /** Resolves with the next change: something found, failed, or taken. */
  get changed(): Promise<void> {
    return this.#change.promise
  }

  /** Ends the fetches; resolves when none is on the way any more. Those of a tail are given up. */
  async stop(): Promise<void> {
    this.#stop.abort()
    this.wake()
    await Promise.all(this.#loops.values())
  }

  #follow(leader: number): void {
    if (this.#loops.has(leader) || this.#stop.signal.aborted) return
    const loop = this.#readFrom(leader)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => this.#loops.delete(leader))
    this.#loops.set(leader, loop)
  }

  async #readFrom(leader: number): Promise<void> {
    let evaluated: Promise<void> = Promise.resolve()
    let failures = 0
    while (!this.#stop.signal.aborted && this.#scansOf(leader).some((scan) => !scan.isDone && !scan.satisfied)) {
      const asked = this.#wanted(leader)
      if (asked.length === 0) {
        await this.changed
        continue
      }
      const giveBack = await this.#parts.budget.take(asked.reduce((sum, { piece }) => sum + piece.maxBytes, 0))
      try {
        const answers = await this.#fetch(leader, asked)
        failures = 0
        await evaluated
        const settled = this.#settle(asked, answers)
        evaluated = this.#evaluate(settled).then((whole) => {
          giveBack()
          if (whole) releaseRecords(answers)
        })
        if (answers.some(({ state }) => state === 'moved')) await this.#findLeaders()
      } catch (error) {
        giveBack()
        failures += 1
        if (this.#stop.signal.aborted) break
        if (failures >= MOST_FAILURES) this.#giveUp(leader, error)
        else await this.#findLeaders().catch(() => undefined)
      }
    }
    await evaluated
  }

  #scansOf(leader: number): readonly PartitionScan[] {
    return this.scans.filter(({ partition }) => this.#leaders.get(partition) === leader)
  }

  /** What to ask for, who waits longest first; no more than fits into one answer. */
  #wanted(leader: number): readonly Asked[] {
    const room = Math.min(MOST_QUEUED, this.#parts.needed())
    const wanting = this.#scansOf(leader).flatMap((scan) => {
      const piece = scan.queue.length < room ? scan.plan() : undefined
      return piece === undefined ? [] : [{ scan, piece }]
    })
    wanting.sort((a, b) => b.scan.empties - a.scan.empties)
    let left = this.#parts.plan.tail ? Number.POSITIVE_INFINITY : ANSWER_BYTES
    return wanting.filter(({ piece }, index) => {
      left -= piece.maxBytes
      return index === 0 || left >= 0
    })
  }

  #fetch(leader: number, asked: readonly Asked[]): Promise<readonly FetchedPartition[]> {
    const { admin, plan, isolation } = this.#parts
    return admin.fetchRecords({
      topic: plan.topic,
      topicId: plan.topicId,
      leader,
      partitions: asked.map(({ scan, piece }) => ({
        partition: scan.partition,
        offset: piece.offset,
        maxBytes: piece.maxBytes,
      })),
      isolation,
      maxBytes: plan.tail ? TAIL_BYTES : ANSWER_BYTES,
      maxWaitMs: plan.tail ? TAIL_WAIT_MS : WAIT_MS,
      ...(plan.tail ? { signal: this.#stop.signal } : {}),
    })
  }

  /** Moves each partition on by what came, and says what of it is to be looked through. */
  #settle(asked: readonly Asked[], answers: readonly FetchedPartition[]): readonly Settled[] {
    const byPartition = new Map(answers.map((answer) => [answer.partition, answer]))
    return asked.flatMap(({ scan, piece }, index) => {
      const answer = byPartition.get(scan.partition)
      if (answer === undefined || !scan.isCurrent(piece)) return []
      if (answer.state === 'ok') {
        const next = scan.fetched(offsetAfter(answer.records), answer.records.length, index === 0)
        return next > piece.offset ? [{ scan, piece, answer, next }] : []
      }
      if (answer.state === 'out-of-range') void this.#begin(scan)
      if (answer.state === 'failed') this.#drop(scan, answer.problem?.message ?? 'Kafka refused to read it.')
      return []
    })
  }

  /** False when something failed: the bytes may still be on their way to an evaluator then. Throws nothing. */
  async #evaluate(settled: readonly Settled[]): Promise<boolean> {
    const { evaluating, needed } = this.#parts
    let whole = true
    await Promise.all(
      settled.map(async ({ scan, piece, answer, next }) => {
        const { records, abortedTransactions } = answer
        const task = {
          partition: scan.partition,
          from: piece.offset,
          to: Math.min(piece.to, Number.MAX_SAFE_INTEGER),
          keep: this.#parts.plan.order === 'newest' ? 'last' : 'first',
          most: Math.min(MOST_QUEUED, needed()),
          aborted: abortedTransactions?.map((each) => [String(each.producerId), Number(each.firstOffset)] as const) ?? null,
        } as const
        try {
          const found = records.length === 0 ? NOTHING : await evaluating.evaluate(task, records)
          if (scan.isCurrent(piece)) this.#take(scan, found, next, task.most)
        } catch (error) {
          whole = false
          this.#fail(error)
        }
      }),
    )
    this.wake()
    return whole
  }

  #take(scan: PartitionScan, found: Evaluation, next: number, most: number): void {
    scan.evaluated(found, next, most)
    this.counts.scanned += found.scanned
    this.counts.scannedBytes += found.scannedBytes
    this.counts.filterErrors += found.filterErrors
    this.firstFilterError ??= found.firstFilterError
    for (const message of found.warnings) this.warnings.push({ partition: scan.partition, message })
  }

  /** Retention took the beginning away while it was read. */
  async #begin(scan: PartitionScan): Promise<void> {
    const { admin, plan } = this.#parts
    const [earliest] = await admin
      .listOffsets([{ topic: plan.topic, partition: scan.partition }], { kind: 'earliest' })
      .catch(() => [])
    if (earliest?.offset === undefined) this.#drop(scan, earliest?.problem?.message ?? 'Its first offset cannot be found.')
    else scan.beginAt(earliest.offset)
    this.wake()
  }

  async #findLeaders(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    const led = await this.#parts.admin.findLeaders([this.#parts.plan.topic])
    for (const { partition, leader } of led) if (leader !== undefined) this.#leaders.set(partition, leader)
    for (const leader of new Set(this.#leaders.values())) this.#follow(leader)
    this.wake()
  }

  #giveUp(leader: number, error: unknown): void {
    const problem = asKaasError(error)
    for (const scan of this.#scansOf(leader)) this.#drop(scan, problem.message)
    if (this.scans.every((scan) => scan.isDone && scan.queue.length === 0)) this.#fail(error)
  }

  #drop(scan: PartitionScan, message: string): void {
    scan.fail()
    this.warnings.push({ partition: scan.partition, message })
    this.wake()
  }

  #fail(error: unknown): void {
    this.failure ??= error
    this.wake()
  }
}

interface Asked {
  readonly scan: PartitionScan
  readonly piece: Piece
}

interface Settled extends Asked {
  readonly answer: FetchedPartition
  readonly next: number
}
