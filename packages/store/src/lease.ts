// SPDX-License-Identifier: Apache-2.0
/** Work that exactly one process does for all, such as sending the audit log away; another takes over when the lease runs out. */

export interface Lease {
  /** What the work is: `audit-export`. */
  readonly name: string
  /** Names the process, unique among all that run. */
  readonly holder: string
  readonly leaseMs: number
}

/** How far work on the audit log has come. */
export interface LeaseProgress {
  /** Absent while nobody holds it. */
  readonly holder?: string
  /** Audit records behind the position. */
  readonly waiting: number
}
