// SPDX-License-Identifier: Apache-2.0
/** Sends some audit records, in order per key, and returns when all of them are in Kafka. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { partitionForKey, writeBatch } from '@kaas/kafka-records'
import type { AuditRecord } from '@kaas/store'
import { auditMessageOf } from './audit-message.ts'

/** Of all values in one batch: below the megabyte that a broker takes by default, compressed or not. */
const MOST_BYTES = 800_000
const TRIES = 3
const PAUSE_MS = 300

/** Where to. */
export interface AuditTarget {
  readonly admin: KafkaAdmin
  readonly topic: string
  readonly partitions: number
}

/** Sends from the first on as many as go together; returns the last one that is in. Throws when one does not get in: send again then. */
export async function sendAudit(target: AuditTarget, records: readonly AuditRecord[]): Promise<AuditRecord> {
  const { last, byPartition } = batchesOf(records, target.partitions)
  let left = [...byPartition].map(([partition, messages]) => {
    return { topic: target.topic, partition, batch: writeBatch(messages, 'gzip') }
  })
  for (let attempt = 1; ; attempt += 1) {
    const answers = await target.admin.produce(left)
    const failed = answers.filter(({ problem }) => problem !== undefined)
    if (failed.length === 0) return last
    // A batch whose answer was lost may be in twice then; its records carry their ids.
    left = left.filter(({ partition }) => failed.some((each) => each.partition === partition))
    if (attempt >= TRIES) throw failed[0]?.problem
    await sleep(PAUSE_MS * attempt)
  }
}

type Message = ReturnType<typeof auditMessageOf>

function batchesOf(records: readonly AuditRecord[], partitions: number) {
  const byPartition = new Map<number, Message[]>()
  let last = records[0]
  let bytes = 0
  for (const record of records) {
    const message = auditMessageOf(record)
    bytes += message.value.length
    if (bytes > MOST_BYTES && byPartition.size > 0) break
    const partition = partitionForKey(message.key, partitions)
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), message])
    last = record
  }
  if (last === undefined) throw new Error('There is nothing to send.')
  return { last, byPartition }
}
