// SPDX-License-Identifier: Apache-2.0
/** Leaves out what no transaction committed (KIP-98), as a consumer with isolation level read_committed does. */

import { readMarker } from './read-records.ts'
import { type ReadBatchesOptions, type RecordBatch, readBatches } from './record-batch.ts'

/** A transaction that was aborted, as a Fetch answer lists it: everything of the producer from the offset to its next marker. */
export interface AbortedTransaction {
  readonly producerId: bigint
  readonly firstOffset: bigint
}

/**
 * The batches of one Fetch answer that hold records of users: no markers, and nothing of `aborted`, which is the list of the same
 * answer. Throws what `readBatches` throws.
 */
export function* committedBatches(
  bytes: Buffer,
  aborted: readonly AbortedTransaction[] | null,
  options?: ReadBatchesOptions,
): Generator<RecordBatch> {
  const coming = [...(aborted ?? [])].sort((a, b) => Number(a.firstOffset - b.firstOffset))
  const open = new Set<bigint>()
  for (const batch of readBatches(bytes, options)) {
    for (let next = coming[0]; next !== undefined && next.firstOffset <= batch.lastOffset; next = coming[0]) {
      open.add(next.producerId)
      coming.shift()
    }
    if (batch.control) {
      if (readMarker(batch) === 'abort') open.delete(batch.producerId)
    } else if (!batch.transactional || !open.has(batch.producerId)) {
      yield batch
    }
  }
}

/** The batches of one Fetch answer without markers, aborted ones included. Throws what `readBatches` throws. */
export function* writtenBatches(bytes: Buffer, options?: ReadBatchesOptions): Generator<RecordBatch> {
  for (const batch of readBatches(bytes, options)) if (!batch.control) yield batch
}
