// SPDX-License-Identifier: Apache-2.0
/** The state of a consumer group in Kafka's word, with what it means on hover. */
import { type Standing, StatusMark } from './status-mark.tsx'

const STATES: Readonly<Record<string, readonly [Standing, string]>> = {
  Stable: ['good', 'Its members read.'],
  Empty: ['unknown', 'It has offsets and no members.'],
  PreparingRebalance: ['busy', 'Members come or go; partitions are about to be given out anew.'],
  CompletingRebalance: ['busy', 'Partitions are being given out anew.'],
  Assigning: ['busy', 'Partitions are being given out anew.'],
  Reconciling: ['busy', 'Members are taking over their partitions.'],
  NotReady: ['busy', 'Its topics are not all there yet.'],
  Dead: ['bad', 'Kafka knows nothing of it any more.'],
}

export function GroupState({ state }: { readonly state: string }) {
  const [standing, detail] = STATES[state] ?? ['unknown', '']
  return <StatusMark standing={standing} word={state} detail={detail} />
}
