// SPDX-License-Identifier: Apache-2.0
/** What a change of an own Kafka means, in sentences: how long it takes, what restarts, what it costs, what to know. */
import type { PlanChange } from '@kaas/domain'
import { counted, formatMoney } from './numbers.ts'
import { formatDuration } from './times.ts'

/** In the order in which they matter. */
export function changeWords({ rolls, restarts, seconds, steps, cost, warnings }: PlanChange): readonly string[] {
  const all = steps.length === 0 ? [] : [`It takes about ${formatDuration(seconds * 1000)} in all.`]
  const rolling =
    rolls === 'nothing'
      ? 'No broker restarts.'
      : `${counted(restarts, 'broker restarts', 'brokers restart, one after the other,')} while the cluster serves.`
  return [...all, rolling, ...(cost === undefined ? [] : [costWords(cost)]), ...warnings]
}

function costWords({ before, after, difference }: NonNullable<PlanChange['cost']>): string {
  if (Math.round(difference) === 0) return `It costs ${formatMoney(after)} a month, as before.`
  const change = `${formatMoney(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'}`
  return `It costs ${formatMoney(after)} a month, ${change} than now (${formatMoney(before)}).`
}
