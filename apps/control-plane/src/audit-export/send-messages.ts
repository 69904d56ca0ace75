// SPDX-License-Identifier: Apache-2.0
/** Sends records of audit logs to a topic, in order per key, and returns when as many of them are in Kafka as go together. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { type NewRecord, partitionForKey, writeBatch } from '@kaas/kafka-records'

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

/** A record with key and value. */
export type AuditMessage = NewRecord & { readonly value: Uint8Array; readonly key: Uint8Array }

/** Sends from the first on as many as go together (acks=all); returns how many. Throws when one does not get in: send again then. */
export async function sendMessages(target: AuditTarget, messages: readonly AuditMessage[]): Promise<number> {
  const { count, byPartition } = batchesOf(messages, target.partitions)
  let left = [...byPartition].map(([partition, records]) => {
    return { topic: target.topic, partition, batch: writeBatch(records, 'gzip') }
  })
  for (let attempt = 1; ; attempt += 1) {
    const answers = await target.admin.produce(left)
    const failed = answers.filter(({ problem }) => problem !== undefined)
    if (failed.length === 0) return count
    // A batch whose answer was lost may be in twice then; its records carry their ids.
    left = left.filter(({ partition }) => failed.some((each) => each.partition === partition))
    if (attempt >= TRIES) throw failed[0]?.problem
    await sleep(PAUSE_MS * attempt)
  }
}

function batchesOf(messages: readonly AuditMessage[], partitions: number) {
  const byPartition = new Map<number, AuditMessage[]>()
  let [count, bytes] = [0, 0]
  for (const message of messages) {
    bytes += message.value.length
    if (bytes > MOST_BYTES && count > 0) break
    const partition = partitionForKey(message.key, partitions)
    byPartition.set(partition, [...(byPartition.get(partition) ?? []), message])
    count += 1
  }
  return { count, byPartition }
}
