// SPDX-License-Identifier: Apache-2.0
/** What the database holds of rights, as a decision needs it. */
import type { RightsStored } from '@kaas/domain'

/** Which version of the rights is in force, and who owns a tenant; both of one moment. */
export interface RightsPlace {
  /** Grows with every change of a Team, a Role or a RoleBinding. */
  readonly version: number
  /** The owner of the tenant that was asked for; undefined when there is no such tenant. */
  readonly team?: string
}

/** All that grants, with its version. What is being deleted grants nothing and is not in it. */
export interface VersionedRights extends RightsStored {
  readonly version: number
}
