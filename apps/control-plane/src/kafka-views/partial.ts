// SPDX-License-Identifier: Apache-2.0
/** Answers of which a part is missing: what a cluster failed with, in words, beside what is known. */
import { asKaasError, type KaasError } from '@kaas/errors'
import type { PartialProblem } from '@kaas/http-contract'

/** What says that a cluster cannot tell now; all else is the caller's to know as an error. */
const PARTIAL: ReadonlySet<string> = new Set(['kafka-unavailable', 'kafka-timeout', 'credentials-wrong', 'rate-exceeded'])

/** The member `problem` of an answer, or nothing. */
export function problemMember(problem: KaasError | undefined): { readonly problem?: PartialProblem } {
  if (problem === undefined) return {}
  const { code, message, help } = problem
  return { problem: { code, message, ...(help === undefined ? {} : { help }) } }
}

/** `work`'s value, or `nothing` with the problem when Kafka is away. Throws all other failures. */
export async function orPartial<T extends object>(
  work: () => Promise<T>,
  nothing: T,
): Promise<T & { readonly problem?: PartialProblem }> {
  try {
    return await work()
  } catch (thrown) {
    const error = asKaasError(thrown)
    if (!PARTIAL.has(error.code)) throw thrown
    return { ...nothing, ...problemMember(error) }
  }
}

/** As orPartial for what was kept: throws what is no matter of Kafka being away. */
export function unlessPartial(problem: KaasError | undefined): { readonly problem?: PartialProblem } {
  if (problem !== undefined && !PARTIAL.has(problem.code)) throw problem
  return problemMember(problem)
}
