// SPDX-License-Identifier: Apache-2.0
/** Where somebody is on the way to a first message. It is in the address, so that a reload or a colleague goes on there. */

/** Names as they are made; empty before. `guide` shows the way to somebody who has tenants already. */
export const FIRST_STEPS = { tenant: '', topic: '', user: '', guide: '' }

/** The steps in their order. */
export const STEP_NAMES = ['tenant', 'topic', 'user', 'message'] as const
export type StepName = (typeof STEP_NAMES)[number]

/** `waiting`: ordered and not ready yet. */
export type StepState = 'done' | 'waiting' | 'now' | 'later'

/** What is known of each thing that was ordered. */
export interface Ordered {
  /** It has a name: it was ordered. */
  readonly isOrdered: boolean
  readonly isReady: boolean
}

/** The state of each step: the first that is not done is the present one. */
export function stepStates(
  ordered: Readonly<Record<'tenant' | 'topic' | 'user', Ordered>>,
  hasMessage: boolean,
): Readonly<Record<StepName, StepState>> {
  const states: Record<string, StepState> = {}
  let isOpen = true
  for (const name of STEP_NAMES) {
    const { isOrdered, isReady } = name === 'message' ? { isOrdered: hasMessage, isReady: hasMessage } : ordered[name]
    states[name] = isOrdered && isReady ? 'done' : !isOpen ? 'later' : isOrdered ? 'waiting' : 'now'
    if (states[name] !== 'done') isOpen = false
  }
  return states as Readonly<Record<StepName, StepState>>
}
