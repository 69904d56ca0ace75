// SPDX-License-Identifier: Apache-2.0
/** What operators look at: physical clusters, and whether the parts of the platform are well. No event tells of them, so they are asked. */
import { queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'
import { loadAllResources } from './resources.ts'

const CLUSTERS_REFRESH_MS = 10_000
const HEALTH_REFRESH_MS = 5_000

/** All clusters with brokers and capacity. */
export function clusterViewsQuery() {
  return queryOptions({
    queryKey: ['cluster-views'],
    queryFn: ({ signal }) => api(signal).clusterViews(),
    refetchInterval: CLUSTERS_REFRESH_MS,
  })
}

/** The parts of the platform. */
export function platformHealthQuery() {
  return queryOptions({
    queryKey: ['platform-health'],
    queryFn: ({ signal }) => api(signal).platformHealth(),
    refetchInterval: HEALTH_REFRESH_MS,
  })
}

/** The tenants that live on a cluster. All tenants are read for it, so it is kept for a minute. */
export function tenantsOnQuery(cluster: string) {
  return queryOptions({
    queryKey: ['Tenant', 'list', 'on', cluster],
    queryFn: async () => {
      const tenants = await loadAllResources('Tenant', { sort: 'name' })
      return tenants.filter(({ status }) => status?.observed.cluster === cluster)
    },
    staleTime: 60_000,
  })
}
