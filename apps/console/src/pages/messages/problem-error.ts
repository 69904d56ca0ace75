// SPDX-License-Identifier: Apache-2.0
/** A problem that came inside of a stream, as the error that a refused call would have thrown. */
import { errorOfAnswer, type ProblemDocument } from '@kaas/http-contract'

/** Undefined for none. */
export function problemError(problem: ProblemDocument | undefined): unknown {
  return problem === undefined ? undefined : errorOfAnswer(problem.status, problem)
}
