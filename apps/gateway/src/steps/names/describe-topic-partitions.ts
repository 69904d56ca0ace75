// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: DescribeTopicPartitions (KIP-966) with no topics walks all topics of the cluster in the order of their names, a page at a
 * time. The walk begins at the tenant's prefix, or at the first topic shared with it where that comes before, so that pages before
 * cost nothing; it ends where the next cursor would name another tenant (`drop-foreign-names.ts` empties that cursor).
 */
import { describeTopicPartitions } from '@kaas/kafka-protocol'
import { type Trap, trap } from './trap.ts'

export const describeTopicPartitionsTrap: Trap = trap(describeTopicPartitions, {
  request(view, request) {
    if (request.topics.length > 0) return
    const first = [view.prefix, ...view.shared.others.map(({ physicalName }) => physicalName)].sort()[0] ?? view.prefix
    if (request.cursor === null) request.cursor = { topicName: first, partitionIndex: 0 }
    else if (request.cursor.topicName === '') request.cursor.topicName = first
  },
})
