// SPDX-License-Identifier: Apache-2.0
/** Fills real brokers with topics of one tenant, records in some of them, and groups that lag behind. */
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { writeBatch } from '@kaas/kafka-records'
import { type Kafka, waitFor } from '@kaas/testkit'
import { Admin } from '@platformatic/kafka'

/** Topics of one request: with more the controller takes longer than clients wait. */
const BATCH = 500
/** Every so-manyth topic has records, and groups read these. */
const EVERY = 25

/** How long it took, in seconds. */
export interface Filled {
  readonly topicsSeconds: number
  readonly groupsSeconds: number
}

/** Topics have one partition and one replica each. */
export async function fillKafka(kafka: Kafka, tenant: string, topics: number, groups: number): Promise<Filled> {
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const names = Array.from({ length: topics }, (_, at) => `${tenant}.topic-${String(at).padStart(6, '0')}`)
  const written = names.filter((_, at) => at % EVERY === 0)
  const admin = openKafkaAdmin({
    bootstrapServers: kafka.bootstrapServers.split(','),
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    callTimeoutMs: 60_000,
  })
  // Groups come first: the topic that Kafka keeps their offsets in would wait behind all the others.
  await createEmptyTopics(kafka, written)
  await produceInto(admin, written)
  await saveGroups(admin, tenant, written, groups)
  const groupsSeconds = seconds()
  await createEmptyTopics(
    kafka,
    names.filter((_, at) => at % EVERY !== 0),
  )
  const last = names.slice(-BATCH)
  await patiently('the last topics to be known', async () => (await admin.describePartitions(last)).length === last.length)
  await admin.close()
  return { groupsSeconds, topicsSeconds: seconds() - groupsSeconds }
}

/** Brokers hear of new topics one after another. */
function patiently(what: string, work: () => Promise<boolean>) {
  return waitFor(work, { what, timeoutMs: 300_000, pollMs: 500 })
}

async function produceInto(admin: KafkaAdmin, topics: readonly string[]): Promise<void> {
  const records = Array.from({ length: 200 }, () => ({ key: null, value: Buffer.alloc(100, 'x'), timestamp: Date.now() }))
  for (let at = 0; at < topics.length; at += 200) {
    const batches = topics.slice(at, at + 200).map((topic) => ({ topic, partition: 0, batch: writeBatch(records) }))
    await patiently('topics to take records', async () => (await admin.produce(batches)).every(({ problem }) => !problem))
  }
}

async function saveGroups(admin: KafkaAdmin, tenant: string, topics: readonly string[], count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    const read = [...new Set(Array.from({ length: 5 }, (_, step) => topics[(at + step * 7) % topics.length] ?? ''))]
    const offsets = read.map((topic, step) => ({ topic, partition: 0, offset: BigInt((at + step) % 200) }))
    const group = { groupId: `${tenant}.group-${String(at).padStart(5, '0')}`, type: 'classic' }
    await patiently('a group to be taken', () => admin.alterGroupOffsets(group, offsets).then(() => true))
  }
}

/** Creates topics with one partition and one replica each. */
export async function createEmptyTopics(kafka: Kafka, names: readonly string[]): Promise<void> {
  const { username, password } = kafka.admin
  const admin = new Admin({
    clientId: 'fill',
    bootstrapBrokers: kafka.bootstrapServers.split(','),
    sasl: { mechanism: 'SCRAM-SHA-512', username, password },
    timeout: 120_000,
    requestTimeout: 120_000,
    strict: false,
  })
  for (let at = 0; at < names.length; at += BATCH) {
    await admin.createTopics({ topics: names.slice(at, at + BATCH), partitions: 1, replicas: 1 })
    if (at % 5_000 === 0) console.log(`${at} topics`)
  }
  await admin.close()
}
