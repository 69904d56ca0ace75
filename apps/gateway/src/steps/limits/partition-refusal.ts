// SPDX-License-Identifier: Apache-2.0
/** What a client is told that would go beyond the partition limit of its tenant. */
import type { SnapshotTenant } from '@kaas/domain'
import { ERROR_CODES } from '@kaas/kafka-protocol'

/** `used` partitions exist, `more` were asked for. */
export function partitionRefusal(
  tenant: SnapshotTenant,
  used: number,
  more: number,
): { readonly errorCode: number; readonly errorMessage: string } {
  return {
    errorCode: ERROR_CODES.POLICY_VIOLATION,
    errorMessage:
      `The tenant "${tenant.name}" may have ${tenant.limits.partitions} partitions and has ${used}; this would add ${more}. ` +
      'Ask for fewer, delete topics, or raise the partitions in the workload of the tenant.',
  }
}
