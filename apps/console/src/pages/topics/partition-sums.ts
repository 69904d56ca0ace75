// SPDX-License-Identifier: Apache-2.0
/** Sums over partitions. Offsets are 64-bit numbers in texts, so everything is counted in BigInt. */
import type { PartitionAnswer } from '@kaas/http-contract'

/** Offsets between the ends: what is there, or was before compaction. Unknown ends count as nothing. */
export function recordsIn(partitions: readonly PartitionAnswer[]): bigint {
  return partitions.reduce((sum, partition) => sum + (recordsOf(partition) ?? 0n), 0n)
}

/** Of one partition; undefined while an end is not known. */
export function recordsOf({ earliest, latest }: PartitionAnswer): bigint | undefined {
  return earliest === undefined || latest === undefined ? undefined : BigInt(latest) - BigInt(earliest)
}

/** How a partition stands. */
export function healthOf({ leader, replicas, inSync }: PartitionAnswer): 'good' | 'behind' | 'leaderless' {
  if (leader < 0) return 'leaderless'
  return inSync.length < replicas.length ? 'behind' : 'good'
}
