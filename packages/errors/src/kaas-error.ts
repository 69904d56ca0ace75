// SPDX-License-Identifier: Apache-2.0
/**
 * The one error class of the product. Code that knows what went wrong throws it; edges translate it (`translate.ts`);
 * nothing else looks inside.
 */
import { CODES, type ErrorCode } from './codes.ts'
import { type ErrorKind, KINDS } from './kinds.ts'

/** What is wrong with one field of a document; `path` is dotted, as in `spec.workload.produce`. */
export interface FieldProblem {
  readonly path: string
  readonly message: string
}

/** The parts of a KaasError beside its code. */
export interface ErrorDetails {
  /** What happened, with the values that matter (never a secret). A full sentence. */
  readonly message: string
  /** What the reader can do now, as a sentence that starts with a verb. */
  readonly help?: string
  readonly fields?: readonly FieldProblem[]
  /** What was thrown below; kept for the log, never sent to a caller. */
  readonly cause?: unknown
}

/** A failure with a stable code, a sentence for people and a way out. */
export class KaasError extends Error {
  readonly code: ErrorCode
  readonly help: string | undefined
  readonly fields: readonly FieldProblem[]

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? {} : { cause: details.cause })
    this.name = 'KaasError'
    this.code = code
    this.help = details.help
    this.fields = details.fields ?? []
  }

  /** The kind that decides the status at every edge. */
  get kind(): ErrorKind {
    return CODES[this.code].kind
  }

  /** Whether the same call may succeed later without a change by the caller. */
  get retriable(): boolean {
    return KINDS[this.kind].retriable
  }
}

/**
 * Any thrown value as a KaasError. What is not one becomes `internal-bug` with the original as `cause`, so that no edge has
 * to guess.
 */
export function asKaasError(thrown: unknown): KaasError {
  if (thrown instanceof KaasError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new KaasError('internal-bug', {
    message,
    help: 'Look for the full error in the log of the component and report it.',
    cause: thrown,
  })
}
