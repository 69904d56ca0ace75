// SPDX-License-Identifier: Apache-2.0
/**
 * A producer that goes on through faults and remembers the hash of every record that was acknowledged, and a reader that
 * collects the hashes of all that is there. Retries may write a record twice; none that was acknowledged may be missing.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type Kafka, Partitioners } from 'kafkajs'

const BATCH = 20
const PAYLOAD_BYTES = 512

/** A client that is patient with faults, and the topic. */
export interface LoadTarget {
  readonly client: () => Kafka
  readonly topic: string
}

/** A running load. */
export interface AcknowledgedLoad {
  /** How many records have been acknowledged so far. */
  readonly acknowledged: number
  /** Ends the load; resolves with the hashes of all acknowledged records. */
  stop(): Promise<ReadonlySet<string>>
}

/** Starts producing with acks=all, one batch after another, until stopped. A batch that fails is not counted and not sent again. */
export async function startLoad(target: LoadTarget): Promise<AcknowledgedLoad> {
  const producer = target.client().producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const hashes = new Set<string>()
  let isStopping = false
  const running = (async () => {
    while (!isStopping) {
      const payloads = Array.from({ length: BATCH }, () => randomBytes(PAYLOAD_BYTES))
      try {
        // One key, so one partition: when a leader moves to a broker that has answered for other partitions already, kafkajs
        // calls the batch acknowledged without sending that part again (sendMessages.js).
        const key = randomBytes(4)
        await producer.send({ topic: target.topic, acks: -1, messages: payloads.map((value) => ({ key, value })) })
        for (const payload of payloads) hashes.add(hashOf(payload))
      } catch {
        await producer.connect().catch(() => {})
      }
    }
  })()
  return {
    get acknowledged() {
      return hashes.size
    },
    stop: async () => {
      isStopping = true
      await running
      await producer.disconnect()
      return hashes
    },
  }
}

/** Hashes of all records of the topic; reads until none of `wanted` is missing or `timeoutMs` has passed. */
export async function readHashes(
  target: LoadTarget,
  wanted: ReadonlySet<string>,
  timeoutMs: number,
): Promise<ReadonlySet<string>> {
  const consumer = target.client().consumer({ groupId: `check-${Date.now()}` })
  await consumer.connect()
  await consumer.subscribe({ topic: target.topic, fromBeginning: true })
  const found = new Set<string>()
  const missing = new Set(wanted)
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  await consumer.run({
    eachMessage: async ({ message }) => {
      const hash = hashOf(message.value ?? Buffer.alloc(0))
      found.add(hash)
      missing.delete(hash)
      if (missing.size === 0) resolve()
    },
  })
  await promise
  clearTimeout(timer)
  await consumer.disconnect()
  return found
}

function hashOf(payload: Buffer): string {
  return createHash('sha256').update(payload).digest('base64')
}
