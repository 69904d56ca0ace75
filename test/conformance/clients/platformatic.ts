// SPDX-License-Identifier: Apache-2.0
/** One task of the client story with @platformatic/kafka. The task is JSON on standard input; the answer is JSON on standard output. */
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Admin,
  Consumer,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'
import type { AnswerOf, StoryRecord, Target, Task } from '../client.ts'

type TaskOf<V extends Task['verb']> = Extract<Task, { verb: V }>

const task = JSON.parse(await text(process.stdin)) as Task & Target
console.log(JSON.stringify(await run(task)))

function settings() {
  const { bootstrapServers, caFile, mechanism, password, username } = task
  return {
    clientId: 'conformance',
    bootstrapBrokers: bootstrapServers.split(','),
    sasl: { mechanism, username, password },
    ...(caFile !== undefined && { tls: { ca: readFileSync(caFile, 'utf8') } }),
    strict: true,
  }
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
  const admin = new Admin(settings())
  const names = await admin.listTopics({ includeInternals: true })
  const found = await admin.metadata({ topics: names })
  await admin.close()
  return {
    brokers: [...found.brokers.values()].map((broker) => [broker.host, broker.port] as const).sort((a, b) => a[1] - b[1]),
    topics: Object.fromEntries([...found.topics].map(([name, topic]) => [name, topic.partitionsCount])),
  }
}

async function produce({ compression, records, topic }: TaskOf<'produce'>): Promise<AnswerOf<TaskOf<'produce'>>> {
  const producer = new Producer({ ...settings(), serializers: stringSerializers, compression, acks: -1 })
  await producer.send({ messages: records.map((record) => messageOf(topic, record)) })
  await producer.close()
  return { delivered: [] }
}

function messageOf(topic: string, record: StoryRecord) {
  const { header, key, partition, value } = record
  return { topic, partition, key, value, headers: { index: header } }
}

async function consume({ count, group, groupProtocol, topic }: TaskOf<'consume'>): Promise<AnswerOf<TaskOf<'consume'>>> {
  const consumer = new Consumer({
    ...settings(),
    groupId: group,
    deserializers: stringDeserializers,
    maxWaitTime: 500,
    isolationLevel: 1,
    ...(groupProtocol !== undefined && { groupProtocol }),
  })
  const stream = await consumer.consume({
    topics: [topic],
    autocommit: false,
    mode: MessagesStreamModes.COMMITTED,
    fallbackMode: MessagesStreamFallbackModes.EARLIEST,
  })
  const records: StoryRecord[] = []
  for await (const message of stream) {
    const { headers, key, offset, partition, value } = message
    records.push({ partition, offset: Number(offset), key, value, header: headers.get('index') ?? '' })
    await message.commit()
    if (records.length === count) break
  }
  await consumer.close(true)
  return { records }
}

async function transact({
  group,
  records,
  topic,
  transactionalId,
}: TaskOf<'transact'>): Promise<AnswerOf<TaskOf<'transact'>>> {
  const producer = new Producer({ ...settings(), serializers: stringSerializers, transactionalId, idempotent: true })
  const half = Math.floor(records.length / 2)
  for (const [part, end] of [
    [records.slice(0, half), 'abort'],
    [records.slice(half), 'commit'],
  ] as const) {
    const transaction = await producer.beginTransaction()
    await transaction.send({ messages: part.map((record) => messageOf(topic, record)) })
    await transaction[end]()
  }
  await producer.close()
  return consume({ verb: 'consume', topic, group, count: records.length - half })
}

async function admin({ group, topic }: TaskOf<'admin'>): Promise<AnswerOf<TaskOf<'admin'>>> {
  const client = new Admin(settings())
  const configs = [{ name: 'retention.ms', value: '3600000' }]
  await client.createTopics({ topics: [topic], partitions: 2, replicas: 1, configs })
  await client.createPartitions({
    topics: [{ name: topic, count: 4, assignments: [{ brokerIds: [0] }, { brokerIds: [0] }] }],
  })
  const partitionsOf = async () =>
    (await client.metadata({ topics: [topic], forceUpdate: true })).topics.get(topic)?.partitionsCount ?? 0
  for (let waited = 0; (await partitionsOf()) !== 4 && waited < 1200; waited++) await sleep(100)
  const resources = [{ resourceType: 2 as const, resourceName: topic, configurationKeys: ['retention.ms'] }]
  const [described] = await client.describeConfigs({ resources })
  const groups = await client.listGroups()
  const offsets = await client.listConsumerGroupOffsets({ groups: [group] })
  const partitions = await partitionsOf()
  await client.deleteTopics({ topics: [topic] })
  while ((await client.listTopics()).includes(topic)) await sleep(100)
  await client.close()
  const committed = offsets.flatMap((each) =>
    each.topics.flatMap(({ name, partitions: parts }) =>
      parts.map(({ committedOffset, partitionIndex }) => [name, partitionIndex, Number(committedOffset)] as const),
    ),
  )
  return {
    partitions,
    retentionMs: described?.configs[0]?.value ?? '',
    groups: [...groups.keys()].sort(),
    committed: committed.filter(([, , offset]) => offset >= 0).sort((a, b) => a[1] - b[1]),
    deleted: true,
  }
}
