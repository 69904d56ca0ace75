// SPDX-License-Identifier: Apache-2.0
/** One record on its way through an evaluator: decoded at most once, and only what somebody asks for. */
import type { Message, MessageContent } from '@kaas/http-contract'
import { headersOf, type KafkaRecord, type RecordBatch, type RecordHeader } from '@kaas/kafka-records'
import { type ContentReader, type Reading, renderContent } from '../decoding/content-reader.ts'
import type { FilterContext, RecordFilter } from './record-filter.ts'

/** How to read. */
export interface Readers {
  readonly key: ContentReader
  readonly value: ContentReader
  readonly header: ContentReader
  readonly previewBytes: number
}

/** Made for each record that is looked at closely. */
export class RecordView {
  readonly #batch: RecordBatch
  readonly #record: KafkaRecord
  readonly #readers: Readers
  #headers: readonly RecordHeader[] | undefined
  #key: Reading | undefined
  #value: Reading | undefined

  constructor(batch: RecordBatch, record: KafkaRecord, readers: Readers) {
    this.#batch = batch
    this.#record = record
    this.#readers = readers
  }

  get #headerList(): readonly RecordHeader[] {
    this.#headers ??= headersOf(this.#record)
    return this.#headers
  }

  /** Whether the bytes occur in key, value, or a header's name or value. */
  contains(search: Buffer): boolean {
    const { key, value, headerBytes } = this.#record
    return (key?.includes(search) ?? false) || (value?.includes(search) ?? false) || headerBytes.includes(search)
  }

  /** For `filter`; what it does not name is left empty. */
  contextFor(filter: RecordFilter, partition: number): FilterContext {
    const { key, value, offset, timestamp } = this.#record
    return {
      key: filter.uses('key') && key !== null ? this.#readKey(key).value : null,
      value: filter.uses('value') && value !== null ? this.#readValue(value).value : null,
      keyText: filter.uses('keyText') ? (key?.toString('utf8') ?? '') : '',
      valueText: filter.uses('valueText') ? (value?.toString('utf8') ?? '') : '',
      headers: filter.uses('headers') ? headerTexts(this.#headerList) : {},
      partition: BigInt(partition),
      offset: filter.uses('offset') ? BigInt(offset) : 0n,
      timestamp: filter.uses('timestamp') ? new Date(timestamp) : EPOCH,
      sizeBytes: filter.uses('sizeBytes') ? BigInt(bytesOf(this.#record)) : 0n,
    }
  }

  /** As it leaves the API. */
  render(partition: number): Message {
    const { key, value, offset, timestamp } = this.#record
    const { previewBytes, header } = this.#readers
    const contentOf = (bytes: Buffer | null, read: (bytes: Buffer) => Reading): MessageContent | null =>
      bytes === null ? null : renderContent(bytes, read(bytes), previewBytes)
    return {
      partition,
      offset,
      timestamp: timestamp < 0 ? '' : isoTime(timestamp),
      timestampMs: timestamp < 0 ? -1 : timestamp,
      timestampType: this.#batch.timestampType,
      key: contentOf(key, (bytes) => this.#readKey(bytes)),
      value: contentOf(value, (bytes) => this.#readValue(bytes)),
      headers: this.#headerList.map((each) => ({
        name: each.name,
        value: contentOf(each.value, header),
      })),
      bytes: bytesOf(this.#record),
      compression: this.#batch.compression,
      transactional: this.#batch.transactional,
    }
  }

  #readKey(key: Buffer): Reading {
    this.#key ??= this.#readers.key(key)
    return this.#key
  }

  #readValue(value: Buffer): Reading {
    this.#value ??= this.#readers.value(value)
    return this.#value
  }
}

const EPOCH = new Date(0)
/** The last moment that a Date can hold. */
const LAST_MS = 8_640_000_000_000_000

/** Bytes of key, value and headers. */
export function bytesOf({ key, value, headerBytes }: KafkaRecord): number {
  return (key?.length ?? 0) + (value?.length ?? 0) + headerBytes.length
}

/** Producers may send any number. */
function isoTime(ms: number): string {
  return ms <= LAST_MS ? new Date(ms).toISOString() : ''
}

function headerTexts(headers: readonly RecordHeader[]): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(({ name, value }) => [name, value?.toString('utf8') ?? '']))
}
