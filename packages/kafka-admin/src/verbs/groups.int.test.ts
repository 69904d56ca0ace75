// SPDX-License-Identifier: Apache-2.0
/** Groups of both protocols with real members: who reads what, how far, and that offsets move only while nobody reads. */
import { type Kafka, startKafka, waitFor } from '@kaas/testkit'
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type KafkaAdmin, openKafkaAdmin } from '../open-kafka-admin.ts'

let kafka: Kafka
let admin: KafkaAdmin

beforeAll(async () => {
  kafka = await startKafka()
  admin = openKafkaAdmin({
    bootstrapServers: [kafka.bootstrapServers],
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
  })
  await admin.createTopic({ name: 'orders.payments', partitions: 2, configs: {} })
  const producer = new Producer({ ...connection(), serializers: stringSerializers, autocreateTopics: false })
  const message = { topic: 'orders.payments', key: 'k', value: 'x'.repeat(1000) }
  await producer.send({ messages: Array.from({ length: 10 }, (_, at) => ({ ...message, partition: at % 2 })) })
  await producer.close()
})

afterAll(async () => {
  await admin?.close()
  await kafka?.stop()
})

function connection() {
  const { username, password } = kafka.admin
  const sasl = { mechanism: 'SCRAM-SHA-512', username, password } as const
  return { clientId: 'test', bootstrapBrokers: [kafka.bootstrapServers], sasl }
}

async function join(groupId: string, groupProtocol: 'classic' | 'consumer') {
  const consumer = new Consumer({ ...connection(), groupId, groupProtocol, deserializers: stringDeserializers })
  const stream = await consumer.consume({ topics: ['orders.payments'], mode: 'earliest', autocommit: false })
  stream.on('data', () => {})
  return { leave: async () => void (await consumer.close(true)) }
}

async function listed(groupId: string) {
  return (await admin.listGroups('orders.')).find((group) => group.groupId === groupId)
}

test.each(['classic', 'consumer'] as const)(
  'the members of a %s group are told with their partitions, and its offsets move only after they left',
  async (protocol) => {
    const groupId = `orders.${protocol}<b>ü/..`
    const offsets = [{ topic: 'orders.payments', partition: 1, offset: 3n }]
    const member = await join(groupId, protocol)
    const described = await waitFor(
      async () => {
        const group = await listed(groupId)
        const [found] = group === undefined ? [] : await admin.describeGroups([group])
        return found?.members.some(({ assigned }) => assigned.length > 0) ? found : undefined
      },
      { what: 'a member with partitions' },
    )
    expect(described).toMatchObject({
      type: protocol,
      state: 'Stable',
      members: [{ clientId: 'test', assigned: [{ topic: 'orders.payments', partitions: [0, 1] }] }],
    })
    await expect(admin.alterGroupOffsets({ groupId, type: protocol }, offsets)).rejects.toMatchObject({
      code: 'resource-in-use',
    })
    await member.leave()
    await waitFor(async () => (await listed(groupId))?.state === 'Empty', { what: 'the group to be empty' })
    await admin.alterGroupOffsets({ groupId, type: protocol }, offsets)
    const group = await listed(groupId)
    expect((await admin.fetchGroupOffsets(group === undefined ? [] : [group])).get(groupId)).toEqual(offsets)
    await admin.deleteGroups([groupId])
    expect(await listed(groupId)).toBeUndefined()
  },
)

test('partitions are told by prefix and for the whole cluster, and disks with what lies on them', async () => {
  await admin.createTopic({ name: 'other.topic', partitions: 1, configs: {} })
  const [own] = await waitFor(
    async () => {
      const found = await admin.listPartitions('orders.')
      return found[0]?.partitions.length === 2 ? found : undefined
    },
    { what: 'both partitions' },
  )
  expect(own).toMatchObject({
    name: 'orders.payments',
    internal: false,
    partitions: [
      { id: 0, leader: 0, replicas: [0], inSync: [0] },
      { id: 1, leader: 0, replicas: [0], inSync: [0] },
    ],
  })
  const all = await waitFor(
    async () => {
      const found = await admin.listPartitions('')
      return found.some(({ name }) => name === 'other.topic') ? found : undefined
    },
    { what: 'the other topic' },
  )
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['orders.payments', 'other.topic']))
  expect(all.find(({ name }) => name === '__consumer_offsets')?.internal).toBe(true)
  const [broker] = await admin.describeLogDirs(new Map([['orders.payments', [0, 1]]]))
  expect(broker?.replicas.map(({ topic }) => topic)).toEqual(['orders.payments', 'orders.payments'])
  expect(broker?.replicas.every(({ bytes }) => bytes > 5_000)).toBe(true)
  expect(broker?.totalBytes).toBeGreaterThan(0)
  expect((await admin.describeLogDirs())[0]?.replicas.length).toBeGreaterThan(2)
})
