// SPDX-License-Identifier: Apache-2.0
/**
 * The shape of a trap: an API in which names hide where a description cannot mark them. Each has a file of its own here that says
 * what hides where, and why it matters.
 */
import type { Api, RequestOf, ResponseOf } from '@kaas/kafka-protocol'
import type { Message, StepContext, StepResult } from '../../step.ts'
import type { NameView } from './name-view.ts'

/** What one trap does beside the renaming of marked fields. Messages are changed in place. */
export interface TrapHooks<A extends Api> {
  /** Before renaming, in the client's names. A result ends the way of the request here. */
  check?(view: NameView, request: RequestOf<A>, context: StepContext): StepResult | undefined
  /** After renaming, in physical names. */
  request?(view: NameView, request: RequestOf<A>, context: StepContext): void
  /** Before renaming, in physical names. `dropped` is called for each name of another tenant taken out. */
  response?(view: NameView, response: ResponseOf<A>, context: StepContext, dropped: () => void): void
}

/** A trap of any API. */
export interface Trap {
  readonly apiKey: number
  check?(view: NameView, request: Message, context: StepContext): StepResult | undefined
  request?(view: NameView, request: Message, context: StepContext): void
  response?(view: NameView, response: Message, context: StepContext, dropped: () => void): void
}

/** The hooks with the type of their API forgotten: messages that reach a step are of the API that the context says. */
export function trap<A extends Api>(api: A, hooks: TrapHooks<A>): Trap {
  return { apiKey: api.key, ...(hooks as Omit<Trap, 'apiKey'>) }
}

/** Key of what traps leave in `StepContext.notes` for the way back. */
export const TRAP_NOTE = 'names'
