// SPDX-License-Identifier: Apache-2.0
/** What services work with. One value per process, made in `control-plane.ts`. */
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import type { Placements } from '../tenants/placements.ts'

export interface ServiceParts {
  readonly store: Store
  /** Which tenant holds what of which cluster. Call it outside of transactions only. */
  readonly placements: Placements
  /** Undefined without a repository of tenants. */
  readonly code?: TenantsAsCode | undefined
  /** Where Kafka clients reach the gateway. */
  readonly bootstrapAddress?: string | undefined
  /** File with the CA of the gateway's certificate; absent when clients know its authority anyway. */
  readonly bootstrapCaFile?: string | undefined
  /** The bootstrap administrator is turned off: somebody else must stay administrator. */
  readonly bootstrapOff?: boolean
  readonly log: Log
}
