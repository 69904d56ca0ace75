// SPDX-License-Identifier: Apache-2.0
import type { PlanChange } from '@kaas/domain'
import { expect, test } from 'vitest'
import { changeWords } from './plan-change-words.ts'

const NOTHING: PlanChange = {
  ...{ kind: 'change', differences: [], rolls: 'nothing', restarts: 0, steps: [], seconds: 0, refusals: [], warnings: [] },
}

test('whoever changes an order reads what restarts, how long it takes and what it costs, before she saves', () => {
  const cost = { before: 1200, after: 1500, difference: 300 }
  const steps = [{ what: 'Restart brokers', seconds: 600 }] as unknown as PlanChange['steps']
  expect(changeWords({ ...NOTHING, rolls: 'brokers', restarts: 3, steps, seconds: 600, cost, warnings: ['Mind.'] })).toEqual(
    [
      'It takes about 10\u00a0minutes in all.',
      '3 brokers restart, one after the other, while the cluster serves.',
      'It costs $1,500 a month, $300 more than now ($1,200).',
      'Mind.',
    ],
  )
  expect(changeWords({ ...NOTHING, cost: { before: 10, after: 10, difference: 0 } })).toEqual([
    'No broker restarts.',
    'It costs $10 a month, as before.',
  ])
})
