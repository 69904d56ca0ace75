// SPDX-License-Identifier: Apache-2.0
/** The whole answer to "what would I get?": a place on each shared cluster and an own cluster. `POST /v1/plan` is this function. */
import type { Plan, Workload } from '@kaas/domain'
import type { Catalogue } from './catalogue.ts'
import { planDedicated } from './plan-dedicated.ts'
import { rankShared, type SharedCluster } from './plan-shared.ts'
import type { Profile } from './profiles.ts'

/** Plans `workload` for every given cluster and for the catalogue, with the reserves of one profile. */
export function planWorkload(
  workload: Workload,
  clusters: readonly SharedCluster[],
  catalogue: Catalogue,
  profile: Profile,
): Plan {
  return {
    workload,
    profile: profile.name,
    shared: [...rankShared(workload, clusters, profile)],
    dedicated: planDedicated(workload, catalogue, profile),
  }
}
