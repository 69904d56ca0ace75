// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant moves as docs/guides/move-a-tenant.md says, with the settings that stand there: real MirrorMaker 2 reads through the gateway and
 * writes to another real Kafka, which stands for the tenant's own cluster.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { javaCommand } from '@kaas/kafka-engine'
import {
  type Kafka,
  type Product,
  saslProperties,
  startKafka,
  startProduct,
  temporaryDirectory,
  waitFor,
} from '@kaas/testkit'
import { Kafka as KafkaJs, logLevel } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTenant, createTopic, createUser } from '../conformance/orders.ts'

const TOPIC = 'payments'
const GROUP = 'readers'
const RECORDS = 3000
const READ = 1200

let product: Product
let target: Kafka
let source: ReturnType<typeof saslProperties>
let sourceClient: KafkaJs
let targetClient: KafkaJs
const mirrors: ChildProcess[] = []

beforeAll(async () => {
  ;[product, target] = await Promise.all([startProduct(), startKafka()])
  await createTenant(product.client, 'shop')
  await createTopic(product.client, 'shop', TOPIC, { partitions: 3, config: { 'retention.ms': '3600000' } })
  const password = await createUser(product.client, 'shop', 'mover', { roles: ['admin'] })
  const login = { username: 'shop.mover', password }
  source = { 'bootstrap.servers': product.kafka, ...saslProperties({ ...login, caFile: product.caFile }) }
  sourceClient = clientFor(product.kafka, login, readFileSync(product.caFile, 'utf8'))
  targetClient = clientFor(target.bootstrapServers, target.admin)
})
afterAll(async () => {
  for (const mirror of mirrors) mirror.kill('SIGKILL')
  await Promise.all([product?.stop(), target?.stop()])
})

test('a tenant moves with its records, its topics’ settings and its groups’ positions, also when the mirror is killed on the way', async () => {
  await produce(0, RECORDS / 2)
  await readSome()
  const first = await startMirror()
  await waitFor(async () => (await countAt(targetClient)) > 0, { what: 'the first mirrored records', timeoutMs: 120_000 })
  first.kill('SIGKILL')
  await produce(RECORDS / 2, RECORDS)
  await startMirror()
  await waitFor(async () => (await countAt(targetClient)) >= RECORDS, { what: 'all mirrored records', timeoutMs: 120_000 })
  expect(await retentionAt(targetClient)).toBe('3600000')
  await waitFor(async () => (await committedAt(targetClient)) > 0, { what: 'the positions of the group' })
  // The second mirror writes again what the first had not marked as done, so numbers of positions differ: records must not.
  await valuesUntil(targetClient, GROUP, (unread) => numbers.every((each) => read.has(each) || unread.has(each)))
  await valuesUntil(targetClient, 'auditor', (all) => numbers.every((each) => all.has(each)))
})

/** What the group read in the old place, and all values there are. */
const read = new Set<string>()
const numbers = [...Array(RECORDS).keys()].map(String)

function clientFor(
  bootstrap: string,
  login: { readonly username: string; readonly password: string },
  ca?: string,
): KafkaJs {
  return new KafkaJs({
    brokers: [bootstrap],
    ssl: ca === undefined ? false : { ca: [ca] },
    sasl: { mechanism: 'scram-sha-512', username: login.username, password: login.password },
    logLevel: logLevel.NOTHING,
    retry: { retries: 10 },
  })
}

/** The settings of the guide, with the log-ins of both sides before them. */
async function startMirror(): Promise<ChildProcess> {
  const guide = readFileSync(new URL('../../docs/guides/move-a-tenant.md', import.meta.url), 'utf8')
  const settings = /```properties\n([\s\S]*?)```/.exec(guide)?.[1] ?? ''
  const own = { 'bootstrap.servers': target.bootstrapServers, ...saslProperties(target.admin) }
  const prefixed = (side: string, properties: Readonly<Record<string, string>>) =>
    Object.entries(properties).map(([name, value]) => `${side}.${name} = ${value}`)
  const file = join(temporaryDirectory('mirror'), 'mirror.properties')
  writeFileSync(file, [...prefixed('source', source), ...prefixed('target', own), settings].join('\n'), { mode: 0o600 })
  const java = await javaCommand('org.apache.kafka.connect.mirror.MirrorMaker', { jvm: ['-Xmx512m'] })
  const mirror = spawn(java.command, [...java.args, file], { env: java.env, stdio: ['ignore', 'ignore', 'inherit'] })
  mirrors.push(mirror)
  return mirror
}

async function produce(from: number, to: number): Promise<void> {
  const producer = sourceClient.producer()
  await producer.connect()
  const messages = Array.from({ length: to - from }, (_, index) => ({ key: `${index}`, value: `${from + index}` }))
  await producer.send({ topic: TOPIC, messages })
  await producer.disconnect()
}

/** Reads READ records in the old place and commits exactly them. */
async function readSome(): Promise<void> {
  const consumer = sourceClient.consumer({ groupId: GROUP })
  await consumer.connect()
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true })
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ topic, partition, message }) => {
          if (read.size >= READ) return
          read.add(message.value?.toString() ?? '')
          await consumer.commitOffsets([{ topic, partition, offset: `${Number(message.offset) + 1}` }])
          if (read.size === READ) resolve()
        },
      })
      .catch(reject)
  })
  await consumer.disconnect()
}

async function countAt(client: KafkaJs): Promise<number> {
  const admin = client.admin()
  await admin.connect()
  const topics = await admin.listTopics()
  const ends = topics.includes(TOPIC) ? await admin.fetchTopicOffsets(TOPIC) : []
  await admin.disconnect()
  return ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)
}

async function retentionAt(client: KafkaJs): Promise<string | undefined> {
  const admin = client.admin()
  await admin.connect()
  const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: TOPIC }] })
  await admin.disconnect()
  return resources[0]?.configEntries.find(({ configName }) => configName === 'retention.ms')?.configValue
}

async function committedAt(client: KafkaJs): Promise<number> {
  const admin = client.admin()
  await admin.connect()
  const [offsets] = await admin.fetchOffsets({ groupId: GROUP, topics: [TOPIC] })
  await admin.disconnect()
  return offsets?.partitions.reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0) ?? 0
}

/** Reads as the group until the values are all that are wanted. */
async function valuesUntil(
  client: KafkaJs,
  groupId: string,
  isAll: (values: ReadonlySet<string>) => boolean,
): Promise<void> {
  const values = new Set<string>()
  const consumer = client.consumer({ groupId })
  await consumer.connect()
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => void values.add(message.value?.toString() ?? '') })
  await waitFor(() => isAll(values), { what: `all records for ${groupId}` })
  await consumer.disconnect()
}
