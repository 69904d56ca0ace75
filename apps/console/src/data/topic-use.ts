// SPDX-License-Identifier: Apache-2.0
/** What somebody may do with the records of a topic: by her own rights, and by what its owner gives where it is another tenant's. */
import type { TopicPath } from '@kaas/http-contract'
import { useQuery } from '@tanstack/react-query'
import { topicPartitionsQuery } from './kafka-topics.ts'
import { useMayInTenant } from './tenant-place.ts'

/** Whether she may write records. */
export function useMayWriteRecords({ tenant, topic }: TopicPath): boolean {
  const may = useMayInTenant(tenant)
  const { data } = useQuery(topicPartitionsQuery(tenant, topic))
  return may({ verb: 'write', kind: 'Message' }) && data?.sharedBy?.access !== 'read'
}
