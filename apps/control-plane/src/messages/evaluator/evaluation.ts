// SPDX-License-Identifier: Apache-2.0
/** What the API asks of an evaluator and what comes back. Both sides are processes of one version, so nothing is checked again. */
import type { Message } from '@kaas/http-contract'
import type { ReadingSpec } from '../decoding/content-reader.ts'

/** How the records of one browse are looked at. Sent once per evaluator. */
export interface EvaluationSpec {
  /** CEL; all records when absent. */
  readonly filter?: string | undefined
  /** Must occur in the bytes of key, value or a header. */
  readonly search?: string | undefined
  readonly key: ReadingSpec
  readonly value: ReadingSpec
  readonly isolation: 'committed' | 'uncommitted'
  /** Longer contents are cut. */
  readonly previewBytes: number
}

/** Some batches of one partition to look through; the bytes come behind it. */
export interface EvaluationTask {
  readonly partition: number
  /** Records outside of from ≤ offset < to are passed over. */
  readonly from: number
  readonly to: number
  /** Which matches to keep when there are more than `most`: the first and stop there, or the last. */
  readonly keep: 'first' | 'last'
  readonly most: number
  /** Producer ids and first offsets, as the broker listed them. */
  readonly aborted: readonly (readonly [string, number])[] | null
}

/** What was found. */
export interface Evaluation {
  readonly messages: readonly Message[]
  readonly scanned: number
  readonly scannedBytes: number
  /** Of the first and last record that was scanned; undefined without records. */
  readonly firstTimestamp?: number
  readonly lastTimestamp?: number
  /**
   * Matches were left out. Keeping the first: nothing from here on was scanned. Keeping the last: what is before must be scanned again.
   */
  readonly cut?: number
  readonly filterErrors: number
  readonly firstFilterError?: string
  /** Batches that could not be read. */
  readonly warnings: readonly string[]
}

/** To an evaluator. A spec is known by its number until it is closed. */
export type ToEvaluator =
  | { readonly kind: 'open'; readonly spec: number; readonly content: EvaluationSpec }
  | { readonly kind: 'close'; readonly spec: number }
  | { readonly kind: 'evaluate'; readonly spec: number; readonly task: EvaluationTask }

/** From an evaluator: one answer for each `open` and `evaluate`, in their order; `working` now and then before it. */
export type FromEvaluator =
  | { readonly kind: 'working' }
  | { readonly kind: 'opened' }
  | { readonly kind: 'refused'; readonly field: 'filter' | 'key' | 'value'; readonly message: string }
  | { readonly kind: 'evaluated'; readonly evaluation: Evaluation }
