// SPDX-License-Identifier: Apache-2.0
/** What the order of the tenant leaves for one more topic, as far as it is known here; the server knows exactly. */
import { planLimitsSchema } from '@kaas/domain'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { resourceListQuery, resourceQuery } from '../../data/resources.ts'
import type { TopicBounds } from './new-topic.ts'

/** As many documents as one request has; a tenant with more is counted by the server alone. */
const MOST_COUNTED = 1000

export function useTopicBounds(tenant: string): TopicBounds {
  const { data } = useQuery(resourceQuery({ kind: 'Tenant', name: tenant }))
  const list = useInfiniteQuery(resourceListQuery('Topic', { tenant, limit: MOST_COUNTED })).data?.pages[0]
  const limits = planLimitsSchema.safeParse(data?.status?.observed.limits).data
  if (limits === undefined) return { tenant }
  const { retentionMs } = limits
  if (list === undefined || list.next !== undefined) return { tenant, retentionMs }
  const used = list.items.reduce((sum, { spec }) => sum + spec.partitions, 0)
  const names = new Set(list.items.map(({ metadata }) => metadata.name))
  return { tenant, retentionMs, names, partitionsLeft: Math.max(0, limits.partitions - used) }
}
