// SPDX-License-Identifier: Apache-2.0
/** What services work with. One value per process, made in `control-plane.ts`. */
import type { Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { Placements } from '../tenants/placements.ts'

export interface ServiceParts {
  readonly store: Store
  /** Which tenant holds what of which cluster. Call it outside of transactions only. */
  readonly placements: Placements
  readonly log: Log
}
