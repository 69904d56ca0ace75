// SPDX-License-Identifier: Apache-2.0
/** What a small Produce takes from send to acknowledgement, to a hundredth of a millisecond: one connection, one request at a time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaConnection, type KafkaCredentials, openKafkaConnection } from '@kaas/kafka-admin'
import { metadata, produce } from '@kaas/kafka-protocol'
import { writeBatch } from '@kaas/kafka-records'

/** Where the probe connects; the first broker must lead the topic's partitions. */
export interface ProbedPath {
  readonly port: number
  readonly topic: string
  readonly caPem?: string
}

/** Percentiles in milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p99: number
}

/** Produces a record of 100 bytes every `everyMs` for `forMs`. Throws when one is refused. */
export async function probeLatency(
  { port, topic, caPem }: ProbedPath,
  credentials: KafkaCredentials,
  { everyMs, forMs }: { readonly everyMs: number; readonly forMs: number },
): Promise<Latency> {
  const tls = caPem === undefined ? {} : { tls: { caPem } }
  const connection = await openKafkaConnection({ host: 'localhost', port, ...tls, credentials, clientId: 'probe' })
  try {
    const send = await sendTo(connection, topic)
    for (let at = 0; at < 100; at += 1) await send()
    const times: number[] = []
    for (const until = performance.now() + forMs; performance.now() < until; await sleep(everyMs)) {
      const started = performance.now()
      await send()
      times.push(performance.now() - started)
    }
    times.sort((one, other) => one - other)
    const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN
    return { p50: at(0.5), p99: at(0.99) }
  } finally {
    await connection.close()
  }
}

async function sendTo(connection: KafkaConnection, name: string): Promise<() => Promise<void>> {
  const { topics } = await connection.request(metadata, { topics: [{ name }], allowAutoTopicCreation: false })
  const topicId = topics[0]?.topicId ?? ''
  const records = writeBatch([{ key: null, value: Buffer.alloc(100, 'x'), timestamp: Date.now() }])
  const topicData = [{ name, topicId, partitionData: [{ index: 0, records }] }]
  return async () => {
    const { responses } = await connection.request(produce, {
      ...{ transactionalId: null, acks: 1, timeoutMs: 10_000, topicData },
    })
    const errorCode = responses[0]?.partitionResponses[0]?.errorCode
    if (errorCode !== 0) throw new Error(`Kafka answered a probe with the error code ${errorCode}.`)
  }
}
