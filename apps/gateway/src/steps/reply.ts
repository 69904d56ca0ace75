// SPDX-License-Identifier: Apache-2.0
/** Answers a request in a step, with the shape of its API checked. */
import type { Api, ResponseInput } from '@kaas/kafka-protocol'
import type { Message, StepResult } from '../step.ts'

/** The result that ends the way of a request of `api`; fields with a fallback may be left out. */
export function reply<A extends Api>(_api: A, response: ResponseInput<A>): StepResult {
  return { kind: 'reply', response: response as Message }
}
