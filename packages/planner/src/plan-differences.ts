// SPDX-License-Identifier: Apache-2.0
/** What differs between two plans of a dedicated cluster, field by field. What follows from it is in `plan-change.ts`. */
import type { PlanDifference } from '@kaas/domain'
import type { FittingPlan } from './manifests/manifest.ts'

type Row = readonly [PlanDifference['field'], PlanDifference['unit'], (plan: FittingPlan) => number | string]

const ROWS: readonly Row[] = [
  ['produce', 'bytesPerSecond', ({ limits }) => limits.produceBytesPerSecond],
  ['consume', 'bytesPerSecond', ({ limits }) => limits.consumeBytesPerSecond],
  ['retention', 'milliseconds', ({ limits }) => limits.retentionMs],
  ['local retention', 'milliseconds', ({ limits }) => limits.localRetentionMs ?? limits.retentionMs],
  ['partitions', 'count', ({ limits }) => limits.partitions],
  ['connections', 'count', ({ limits }) => limits.connections],
  ['users', 'count', ({ limits }) => limits.users],
  ['profile', 'name', ({ profile }) => profile],
  ['zones', 'count', ({ zones }) => zones],
  ['brokers', 'count', ({ brokers }) => brokers],
  ['instance', 'name', ({ broker }) => broker.instance],
  ['cores', 'cores', ({ broker }) => broker.cores],
  ['memory', 'bytes', ({ broker }) => broker.memoryBytes],
  ['disk', 'bytes', ({ broker }) => broker.diskBytes],
  ['volumes', 'count', ({ broker }) => broker.volumes],
  ['disk throughput', 'bytesPerSecond', ({ broker }) => broker.diskBytesPerSecond],
]

/** The fields that differ; all of them when nothing runs yet. */
export function differencesOf(before: FittingPlan | undefined, after: FittingPlan): readonly PlanDifference[] {
  return ROWS.flatMap(([field, unit, valueIn]) => {
    const now = valueIn(after)
    if (before === undefined) return [{ field, unit, after: now }]
    const was = valueIn(before)
    return was === now ? [] : [{ field, unit, before: was, after: now }]
  })
}
