// SPDX-License-Identifier: Apache-2.0
/** One task of the client story with kafkajs. The task is JSON on standard input; the answer is JSON on standard output. */
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import type { AnswerOf, StoryRecord, Target, Task } from '../client.ts'

const { CompressionTypes, ConfigResourceTypes, Kafka, logLevel } = kafkajs
const COMPRESSION = { none: CompressionTypes.None, gzip: CompressionTypes.GZIP } as const

type TaskOf<V extends Task['verb']> = Extract<Task, { verb: V }>

const task = JSON.parse(await text(process.stdin)) as Task & Target
const kafka = connect(task)
console.log(JSON.stringify(await run(task)))

function connect(target: Target) {
  const { bootstrapServers, caFile, password, username } = target
  const mechanism = target.mechanism.toLowerCase() as 'scram-sha-512'
  return new Kafka({
    brokers: bootstrapServers.split(','),
    sasl: { mechanism, username, password },
    ...(caFile !== undefined && { ssl: { ca: [readFileSync(caFile, 'utf8')] } }),
    logLevel: logLevel.NOTHING,
  })
}

function run(asked: Task): Promise<AnswerOf<Task>> {
  switch (asked.verb) {
    case 'metadata':
      return metadata()
    case 'produce':
      return produce(asked)
    case 'consume':
      return consume(asked)
    case 'transact':
      return transact(asked)
    case 'admin':
      return admin(asked)
    case 'steady':
      throw new Error('This program has no steady load.')
  }
}

async function metadata(): Promise<AnswerOf<TaskOf<'metadata'>>> {
  const client = kafka.admin()
  await client.connect()
  const cluster = await client.describeCluster()
  const { topics } = await client.fetchTopicMetadata()
  await client.disconnect()
  return {
    brokers: cluster.brokers.map((broker) => [broker.host, broker.port] as const).sort((a, b) => a[1] - b[1]),
    topics: Object.fromEntries(topics.map((topic) => [topic.name, topic.partitions.length])),
  }
}

async function produce({ compression, records, topic }: TaskOf<'produce'>): Promise<AnswerOf<TaskOf<'produce'>>> {
  const producer = kafka.producer()
  await producer.connect()
  const type = COMPRESSION[compression as keyof typeof COMPRESSION]
  await producer.send({ topic, compression: type, acks: -1, messages: records.map(messageOf) })
  await producer.disconnect()
  return { delivered: [] }
}

function messageOf(record: StoryRecord) {
  return { partition: record.partition, key: record.key, value: record.value, headers: { index: record.header } }
}

async function consume({ count, group, topic }: TaskOf<'consume'>): Promise<AnswerOf<TaskOf<'consume'>>> {
  const consumer = kafka.consumer({ groupId: group, maxWaitTimeInMs: 500 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const records: StoryRecord[] = []
  await new Promise<void>((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error))
    const eachMessage: kafkajs.EachMessageHandler = async ({ message, partition }) => {
      if (records.length === count) return
      const { headers, key, offset, value } = message
      records.push({
        partition,
        offset: Number(offset),
        key: String(key),
        value: String(value),
        header: String(headers?.index),
      })
      await consumer.commitOffsets([{ topic, partition, offset: String(Number(offset) + 1) }])
      if (records.length === count) resolve()
    }
    consumer.run({ autoCommit: false, eachMessage }).catch(reject)
  })
  await consumer.disconnect()
  return { records }
}

async function transact({
  group,
  records,
  topic,
  transactionalId,
}: TaskOf<'transact'>): Promise<AnswerOf<TaskOf<'transact'>>> {
  const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const half = Math.floor(records.length / 2)
  for (const [part, end] of [
    [records.slice(0, half), 'abort'],
    [records.slice(half), 'commit'],
  ] as const) {
    const transaction = await producer.transaction()
    await transaction.send({ topic, messages: part.map(messageOf) })
    await transaction[end]()
  }
  await producer.disconnect()
  return consume({ verb: 'consume', topic, group, count: records.length - half })
}

async function admin({ group, topic }: TaskOf<'admin'>): Promise<AnswerOf<TaskOf<'admin'>>> {
  const client = kafka.admin()
  await client.connect()
  const configEntries = [{ name: 'retention.ms', value: '3600000' }]
  // It would ask for leaders once, and a broker may not have heard of the topic yet.
  const order = { topic, numPartitions: 2, replicationFactor: 1, configEntries }
  await client.createTopics({ topics: [order], waitForLeaders: false })
  await client.createPartitions({ topicPartitions: [{ topic, count: 4 }] })
  const partitionsOf = async () =>
    (await client.fetchTopicMetadata({ topics: [topic] }).catch(() => undefined))?.topics[0]?.partitions.length ?? 0
  for (let waited = 0; (await partitionsOf()) !== 4 && waited < 1200; waited++) await sleep(100)
  const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }]
  const configs = await client.describeConfigs({ resources, includeSynonyms: false })
  const { groups } = await client.listGroups()
  const offsets = await client.fetchOffsets({ groupId: group })
  const partitions = await partitionsOf()
  await client.deleteTopics({ topics: [topic] })
  while ((await client.listTopics()).includes(topic)) await sleep(100)
  await client.disconnect()
  const committed = offsets.flatMap((each) =>
    each.partitions.map(({ offset, partition }) => [each.topic, partition, Number(offset)] as const),
  )
  return {
    partitions,
    retentionMs: configs.resources[0]?.configEntries[0]?.configValue ?? '',
    groups: groups.map((each) => each.groupId).sort(),
    committed: committed.filter(([, , offset]) => offset >= 0).sort((a, b) => a[1] - b[1]),
    deleted: true,
  }
}
