// SPDX-License-Identifier: Apache-2.0
/** What a workload would get, on each known cluster and as an own one. */
import { type Plan, type PlanRequest, parseWorkload } from '@kaas/domain'
import { MSK_US_EAST_1, PROFILES, planWorkload } from '@kaas/planner'
import { absentError } from './resource-paths.ts'
import type { ServiceParts } from './service-parts.ts'

/** Changes nothing. Throws `resource-absent` for an unknown cluster, `quantity-invalid` for numbers that are none. */
export async function planOrder({ placements, store }: ServiceParts, request: PlanRequest): Promise<Plan> {
  const { workload, profile, cluster } = request
  if (cluster !== undefined && (await store.loadResource({ kind: 'KafkaCluster', name: cluster })) === undefined) {
    throw absentError({ kind: 'KafkaCluster', name: cluster })
  }
  const clusters = (await placements.candidates('')).filter(({ name }) => cluster === undefined || name === cluster)
  return planWorkload(parseWorkload(workload), clusters, MSK_US_EAST_1, PROFILES[profile])
}
