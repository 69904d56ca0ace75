// SPDX-License-Identifier: Apache-2.0
/** All records that a topic holds at a moment, partition by partition. */
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { type KafkaRecord, readBatches, readRecords } from '@kaas/kafka-records'

const MOST_BYTES = 5_000_000

/** The records; none while the topic is not there. */
export async function readTopic(admin: KafkaAdmin, topic: string): Promise<readonly KafkaRecord[]> {
  const leaders = await admin.findLeaders([topic])
  if (leaders.length === 0) return []
  const ends = await admin.listOffsets(leaders, { kind: 'latest' })
  const records: KafkaRecord[] = []
  for (const { partition, leader, topicId } of leaders) {
    if (leader === undefined) continue
    const end = ends.find((each) => each.partition === partition)?.offset ?? 0
    for (let offset = 0; offset < end; ) {
      const [answer] = await admin.fetchRecords({
        topic,
        topicId,
        leader,
        partitions: [{ partition, offset, maxBytes: MOST_BYTES }],
        isolation: 'uncommitted',
        maxBytes: MOST_BYTES,
        maxWaitMs: 500,
      })
      for (const batch of readBatches(answer?.records ?? Buffer.of())) {
        records.push(...readRecords(batch))
        offset = batch.lastOffset + 1
      }
    }
  }
  return records
}
