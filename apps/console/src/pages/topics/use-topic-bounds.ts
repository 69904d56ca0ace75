// SPDX-License-Identifier: Apache-2.0
/** What the order of the tenant leaves for one more topic, as far as it is known here; the server knows exactly. */
import { parseWorkload } from '@kaas/domain'
import { useQuery } from '@tanstack/react-query'
import { resourceQuery } from '../../data/resources.ts'
import type { TopicBounds } from './new-topic.ts'

export function useTopicBounds(tenant: string): TopicBounds {
  const { data } = useQuery(resourceQuery({ kind: 'Tenant', name: tenant }))
  if (data === undefined) return { tenant }
  return { tenant, retentionMs: retentionOf(data.spec.workload) }
}

/** An order of a newer server may say what this page cannot read: then nothing is checked here. */
function retentionOf(workload: Parameters<typeof parseWorkload>[0]): number | undefined {
  try {
    return parseWorkload(workload).retentionMs
  } catch {
    return undefined
  }
}
