// SPDX-License-Identifier: Apache-2.0
export { type AbortedTransaction, committedBatches, writtenBatches } from './committed-batches.ts'
export type { Compression } from './compression/compression.ts'
export { partitionForKey } from './partition-for-key.ts'
export {
  headersOf,
  type KafkaRecord,
  MOST_UNPACKED_BYTES,
  type RecordHeader,
  readMarker,
  readRecords,
} from './read-records.ts'
export { offsetAfter, type ReadBatchesOptions, type RecordBatch, readBatches } from './record-batch.ts'
export { type NewRecord, writeBatch } from './write-batch.ts'
