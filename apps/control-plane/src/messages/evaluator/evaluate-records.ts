// SPDX-License-Identifier: Apache-2.0
/** Looks through some batches of one partition: which records match, and how they are shown. Pure but for the time it takes. */
import type { Message } from '@kaas/http-contract'
import { committedBatches, type KafkaRecord, type RecordBatch, readRecords, writtenBatches } from '@kaas/kafka-records'
import type { Evaluation, EvaluationTask } from './evaluation.ts'
import { firstLine, type RecordFilter } from './record-filter.ts'
import { bytesOf, type Readers, RecordView } from './record-view.ts'

/** A spec made ready. */
export interface CompiledSpec {
  readonly filter: RecordFilter | undefined
  readonly search: Buffer | undefined
  readonly isolation: 'committed' | 'uncommitted'
  readonly readers: Readers
}

/** What one batch may unpack to. */
const MOST_UNPACKED_BYTES = 128 * 1024 * 1024
/** Text of matches in one answer, in characters; beyond it the answer is cut. */
const MOST_RENDERED = 16 * 1024 * 1024

/** Never throws for what records hold: batches that cannot be read are warnings. `beat` is called after each record. */
export function evaluateRecords(spec: CompiledSpec, task: EvaluationTask, bytes: Buffer, beat: () => void): Evaluation {
  const found = new Found(task)
  const warnings: string[] = []
  const note = (error: unknown) => warnings.push(error instanceof Error ? error.message : String(error))
  try {
    for (const batch of batchesOf(spec, task, bytes)) {
      if (batch.lastOffset < task.from) continue
      if (batch.baseOffset >= task.to) break
      if (found.isFull) {
        found.stopAt(Math.max(batch.baseOffset, task.from))
        break
      }
      try {
        lookThrough(spec, task, batch, found, beat)
      } catch (error) {
        note(error)
      }
    }
  } catch (error) {
    note(error)
  }
  return { ...found.result(), warnings }
}

function batchesOf({ isolation }: CompiledSpec, { aborted }: EvaluationTask, bytes: Buffer): Generator<RecordBatch> {
  if (isolation === 'uncommitted') return writtenBatches(bytes)
  const transactions = (aborted ?? []).map(([id, offset]) => ({ producerId: BigInt(id), firstOffset: BigInt(offset) }))
  return committedBatches(bytes, transactions)
}

function lookThrough(spec: CompiledSpec, task: EvaluationTask, batch: RecordBatch, found: Found, beat: () => void): void {
  for (const record of readRecords(batch, MOST_UNPACKED_BYTES)) {
    if (record.offset < task.from) continue
    if (record.offset >= task.to) return
    if (found.isFull) {
      found.stopAt(record.offset)
      return
    }
    found.scan(record)
    beat()
    const view = new RecordView(batch, record, spec.readers)
    if (spec.search !== undefined && !view.contains(spec.search)) continue
    if (spec.filter !== undefined && !isWanted(spec.filter, view, task.partition, found)) continue
    found.add(view.render(task.partition))
  }
}

function isWanted(filter: RecordFilter, view: RecordView, partition: number, found: Found): boolean {
  try {
    return filter.matches(view.contextFor(filter, partition))
  } catch (error) {
    found.fail(error)
    return false
  }
}

/** Counts, and the matches that are kept. */
class Found {
  readonly #keep: 'first' | 'last'
  readonly #most: number
  readonly #sizes: number[] = []
  #messages: Message[] = []
  #rendered = 0
  #scanned = 0
  #scannedBytes = 0
  #first: number | undefined
  #last: number | undefined
  #cut: number | undefined
  #filterErrors = 0
  #firstFilterError: string | undefined

  constructor({ keep, most }: EvaluationTask) {
    this.#keep = keep
    this.#most = most
  }

  /** Nothing more can be kept, and the first ones are what is wanted. */
  get isFull(): boolean {
    return this.#keep === 'first' && (this.#messages.length >= this.#most || this.#rendered >= MOST_RENDERED)
  }

  scan(record: KafkaRecord): void {
    this.#scanned += 1
    this.#scannedBytes += bytesOf(record)
    this.#first ??= record.timestamp
    this.#last = record.timestamp
  }

  fail(error: unknown): void {
    this.#filterErrors += 1
    this.#firstFilterError ??= firstLine(error instanceof Error ? error.message : String(error))
  }

  stopAt(offset: number): void {
    this.#cut ??= offset
  }

  add(message: Message): void {
    const size = (message.key?.text.length ?? 0) + (message.value?.text.length ?? 0) + 200
    this.#messages.push(message)
    this.#sizes.push(size)
    this.#rendered += size
    if (this.#keep === 'first') return
    while (this.#messages.length > this.#most || (this.#rendered > MOST_RENDERED && this.#messages.length > 1)) {
      const dropped = this.#messages.shift()
      this.#rendered -= this.#sizes.shift() ?? 0
      this.#cut = (dropped?.offset ?? 0) + 1
    }
  }

  result(): Omit<Evaluation, 'warnings'> {
    return {
      messages: this.#messages,
      scanned: this.#scanned,
      scannedBytes: this.#scannedBytes,
      ...(this.#first === undefined ? {} : { firstTimestamp: this.#first }),
      ...(this.#last === undefined ? {} : { lastTimestamp: this.#last }),
      ...(this.#cut === undefined ? {} : { cut: this.#cut }),
      filterErrors: this.#filterErrors,
      ...(this.#firstFilterError === undefined ? {} : { firstFilterError: this.#firstFilterError }),
    }
  }
}
