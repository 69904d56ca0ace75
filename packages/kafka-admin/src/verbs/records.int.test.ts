// SPDX-License-Identifier: Apache-2.0
/** Offsets, reading and producing against real Kafka; what we write is read by Java's client and by @platformatic/kafka. */
import { headersOf, readBatches, readRecords, writeBatch } from '@kaas/kafka-records'
import { type Kafka, kafkaTool, quickOnce, saslProperties, startKafka, waitFor } from '@kaas/testkit'
import { Consumer, MessagesStreamModes, stringDeserializers } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KafkaAdmin, openKafkaAdmin } from '../open-kafka-admin.ts'
import type { FetchedPartition } from './fetch-records.ts'

const COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const HOUR_MS = 3_600_000

let kafka: Kafka
let admin: KafkaAdmin

beforeAll(async () => {
  kafka = await startKafka({ properties: { 'message.max.bytes': '20000000' } })
  const { username, password } = kafka.admin
  const credentials = { username, password, mechanism: 'SCRAM-SHA-512' } as const
  admin = openKafkaAdmin({ bootstrapServers: [kafka.bootstrapServers], credentials })
})

afterAll(async () => {
  await admin?.close()
  await kafka?.stop()
})

async function fetchOne(topic: string, partition: number, offset: number, maxBytes = 1_000_000): Promise<FetchedPartition> {
  const led = (await admin.findLeaders([topic]))[partition]
  const [answer] = await admin.fetchRecords({
    topic,
    topicId: led?.topicId ?? '',
    leader: led?.leader ?? -1,
    partitions: [{ partition, offset, maxBytes }],
    isolation: 'committed',
    maxBytes,
    maxWaitMs: 100,
  })
  if (answer === undefined) throw new Error('Kafka answered nothing.')
  return answer
}

function batchOf(values: readonly string[], timestamp: number, compression: (typeof COMPRESSIONS)[number] = 'none') {
  const headers = [
    { name: 'a', value: Buffer.from('1') },
    { name: 'b', value: null },
  ]
  return writeBatch(
    values.map((value, index) => ({ key: Buffer.from(`k${index}`), value: Buffer.from(value), headers, timestamp })),
    compression,
  )
}

test('records produced in every compression are read by Java’s and Node’s clients and by ourselves', async () => {
  await admin.createTopic({ name: 'ours', partitions: 1, configs: {} })
  const values = Array.from({ length: 30 }, (_, index) => `value ${index} ${'and again'.repeat(index * 50)}`)
  for (const compression of COMPRESSIONS) {
    const [produced] = await admin.produce([
      { topic: 'ours', partition: 0, batch: batchOf(values, Date.now(), compression) },
    ])
    expect(produced?.problem).toBeUndefined()
  }
  const expected = COMPRESSIONS.flatMap(() => values)
  expect(await readByJava(expected.length)).toEqual(expected.map((value) => `a:1,b:null\t${value}`))
  expect(await readByNode(expected.length)).toEqual(expected)
  const batches = [...readBatches((await fetchOne('ours', 0, 0)).records)]
  expect(batches.map(({ compression }) => compression)).toEqual(COMPRESSIONS)
  const own = batches.flatMap((batch) => [...readRecords(batch)])
  expect(own.map(({ value }) => value?.toString())).toEqual(expected)
  expect(own[3] && headersOf(own[3]).map(({ name }) => name)).toEqual(['a', 'b'])
})

async function readByJava(count: number): Promise<readonly string[]> {
  const show = ['--formatter-property', 'print.headers=true']
  const options = ['--bootstrap-server', kafka.bootstrapServers, '--topic', 'ours', '--from-beginning', ...show]
  const config = saslProperties(kafka.admin)
  const { stdout } = await kafkaTool(
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    [...options, '--max-messages', String(count), '--timeout-ms', '20000'],
    { config },
  )
  return stdout.trim().split('\n')
}

async function readByNode(count: number): Promise<readonly string[]> {
  const { username, password } = kafka.admin
  const consumer = new Consumer({
    groupId: 'node',
    clientId: 'node',
    bootstrapBrokers: [kafka.bootstrapServers],
    sasl: { mechanism: 'SCRAM-SHA-512', username, password },
    deserializers: stringDeserializers,
  })
  const stream = await consumer.consume({ topics: ['ours'], mode: MessagesStreamModes.EARLIEST, maxWaitTime: 100 })
  const values: string[] = []
  for await (const message of stream) {
    values.push(message.value)
    if (values.length === count) break
  }
  await consumer.close(true)
  return values
}

test('offsets are found by place and time, and a partition that is not there is its own problem only', async () => {
  await admin.createTopic({ name: 'timed', partitions: 3, configs: {} })
  const start = Date.now() - 10 * HOUR_MS
  for (const hours of [0, 5, 9]) {
    await admin.produce([{ topic: 'timed', partition: 1, batch: batchOf(['x', 'y'], start + hours * HOUR_MS) }])
  }
  const partitions = [0, 1, 7].map((partition) => ({ topic: 'timed', partition }))
  const offsets = async (place: Parameters<KafkaAdmin['listOffsets']>[1]) =>
    (await admin.listOffsets(partitions, place)).map(({ offset, problem }) => problem?.code ?? offset)
  expect(await offsets({ kind: 'earliest' })).toEqual([0, 0, 'resource-absent'])
  expect(await offsets({ kind: 'latest', isolation: 'committed' })).toEqual([0, 6, 'resource-absent'])
  expect(await offsets({ kind: 'timestamp', ms: start + 4 * HOUR_MS })).toEqual([undefined, 2, 'resource-absent'])
  expect(await offsets({ kind: 'timestamp', ms: start + 10 * HOUR_MS })).toEqual([undefined, undefined, 'resource-absent'])
  expect(await offsets({ kind: 'max-timestamp' })).toEqual([undefined, 4, 'resource-absent'])
  await expect(admin.listOffsets([{ topic: 'absent', partition: 0 }], { kind: 'latest' })).rejects.toMatchObject({
    code: 'resource-absent',
  })
})

test('a batch larger than what was asked for comes whole, so that no record blocks a reader', async () => {
  await admin.createTopic({ name: 'large', partitions: 1, configs: {} })
  await admin.produce([{ topic: 'large', partition: 0, batch: batchOf(['z'.repeat(5_000_000)], Date.now()) }])
  const [batch] = readBatches((await fetchOne('large', 0, 0, 1000)).records)
  const [record] = batch ? readRecords(batch) : []
  expect(record?.value?.length).toBe(5_000_000)
})

test('an offset that retention took away, a stale leader and an abort are told apart', async () => {
  await admin.createTopic({ name: 'edges', partitions: 1, configs: {} })
  // A leader that is just elected says for a moment that it is none.
  const states = new Set<string>()
  const probe = async () => {
    const { state } = await fetchOne('edges', 0, 99)
    states.add(state)
    expect(state).toBe('out-of-range')
    return true as const
  }
  await waitFor(probe, { what: 'the partition to have its leader' })
  expect([...states].filter((state) => state !== 'moved')).toEqual(['out-of-range'])
  const [led] = await admin.findLeaders(['edges'])
  const request = {
    topic: 'edges',
    topicId: led?.topicId ?? '',
    leader: led?.leader ?? 0,
    partitions: [{ partition: 0, offset: 0, maxBytes: 1000 }],
    isolation: 'uncommitted',
    maxBytes: 1000,
    maxWaitMs: 5000,
  } as const
  await quickOnce(3000, () =>
    expect(admin.fetchRecords({ ...request, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      code: 'cancelled-by-caller',
    }),
  )
  await expect(admin.fetchRecords({ ...request, leader: 42 })).rejects.toMatchObject({ code: 'kafka-unavailable' })
})

test('what Kafka does not take is the problem of its partition, and nothing of it is written', async () => {
  await admin.createTopic({ name: 'refusing', partitions: 2, configs: { 'max.message.bytes': '1000' } })
  const [small, large] = await admin.produce([
    { topic: 'refusing', partition: 0, batch: batchOf(['small'], Date.now()) },
    { topic: 'refusing', partition: 1, batch: batchOf(['x'.repeat(5000)], Date.now()) },
  ])
  expect(small).toMatchObject({ baseOffset: 0 })
  expect(large?.problem?.message).toContain('MESSAGE_TOO_LARGE')
  const [, latest] = await admin.listOffsets(
    [0, 1].map((partition) => ({ topic: 'refusing', partition })),
    { kind: 'latest' },
  )
  expect(latest?.offset).toBe(0)
})
