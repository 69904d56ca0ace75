// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { stepStates } from './first-steps-state.ts'

const NOT = { isOrdered: false, isReady: false }
const ORDERED = { isOrdered: true, isReady: false }
const READY = { isOrdered: true, isReady: true }

test.each([
  ['nothing is ordered', [NOT, NOT, NOT], false, ['now', 'later', 'later', 'later']],
  ['the tenant is on its way', [ORDERED, NOT, NOT], false, ['waiting', 'later', 'later', 'later']],
  ['the tenant is ready', [READY, NOT, NOT], false, ['done', 'now', 'later', 'later']],
  ['all is there', [READY, READY, READY], false, ['done', 'done', 'done', 'now']],
  ['the message was seen', [READY, READY, READY], true, ['done', 'done', 'done', 'done']],
] as const)('one step is open at a time: %s', (_, [tenant, topic, user], hasMessage, states) => {
  expect(Object.values(stepStates({ tenant, topic, user }, hasMessage))).toEqual(states)
})
