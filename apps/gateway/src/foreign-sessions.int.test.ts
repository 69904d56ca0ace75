// SPDX-License-Identifier: Apache-2.0
/**
 * Sequences over tenants: one joins, opens a session or begins a transaction, another goes on with the ids that the broker gave out. Both
 * have a topic, a group and a transactional id of the same names. The other gets nowhere, and the first goes on as if nothing were.
 */
import { randomBytes } from 'node:crypto'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import {
  addPartitionsToTxn,
  consumerGroupHeartbeat,
  ERROR_CODES,
  endTxn,
  fetch,
  findCoordinator,
  getTelemetrySubscriptions,
  heartbeat,
  initProducerId,
  joinGroup,
  leaveGroup,
  metadata,
  offsetCommit,
  pushTelemetry,
  syncGroup,
} from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayFixture, PASSWORD, startGatewayFixture } from '../test/gateway-fixture.ts'

const TOPIC = 'payments'
const GROUP = 'readers'
const TRANSACTION = 'mover'
/** The last version of Fetch that speaks of names; later ones speak of ids. */
const LAST_WITH_NAMES = 12
const PAYLOAD = 'payload-of-shop'
const NO_ID = '0'.repeat(32)

let fixture: GatewayFixture
let orders: KafkaConnection
let shop: KafkaConnection

beforeAll(async () => {
  fixture = await startGatewayFixture()
  for (const tenant of ['orders', 'shop']) {
    await fixture.admin.createTopic({ name: `${tenant}.${TOPIC}`, partitions: 1, configs: {} })
  }
  await produceAs('shop.app')
  orders = await connect('orders.app')
  shop = await connect('shop.app')
  for (const client of [orders, shop]) {
    for (const [keyType, key] of [GROUP, TRANSACTION].entries()) {
      const asked = { keyType, coordinatorKeys: [key] }
      await waitFor(async () => (await client.request(findCoordinator, asked)).coordinators[0]?.errorCode === 0, {
        what: 'a coordinator',
      })
    }
  }
})

afterAll(async () => {
  await Promise.all([orders?.close(), shop?.close()])
  await fixture?.stop()
})

test('a member id of another tenant’s group is unknown in the group of the same name', async () => {
  await joinAs(orders)
  const { memberId, generationId } = await joinAs(shop)
  const member = { groupId: GROUP, generationId, memberId }
  const offsets = {
    topics: [{ name: TOPIC, partitions: [{ partitionIndex: 0, committedOffset: 5n, committedMetadata: '' }] }],
  }
  const commit = { groupId: GROUP, generationIdOrMemberEpoch: generationId, memberId, ...offsets }
  expect((await orders.request(heartbeat, member)).errorCode).toBe(ERROR_CODES.UNKNOWN_MEMBER_ID)
  const sync = { ...member, protocolType: 'consumer', protocolName: 'range', assignments: [] }
  expect((await orders.request(syncGroup, sync)).errorCode).toBe(ERROR_CODES.UNKNOWN_MEMBER_ID)
  const committed = await orders.request(offsetCommit, commit, { version: 9 })
  expect(committed.topics[0]?.partitions[0]?.errorCode).toBe(ERROR_CODES.UNKNOWN_MEMBER_ID)
  const left = await orders.request(leaveGroup, { groupId: GROUP, members: [{ memberId }] })
  expect(left.members[0]?.errorCode).toBe(ERROR_CODES.UNKNOWN_MEMBER_ID)
  expect((await shop.request(heartbeat, member)).errorCode).toBe(0)
})

test('a member of the newer protocol is unknown outside of its tenant, and goes on', async () => {
  const memberId = randomBytes(16).toString('base64url')
  const group = { groupId: 'modern', memberId }
  const joining = {
    ...group,
    memberEpoch: 0,
    rebalanceTimeoutMs: 10_000,
    subscribedTopicNames: [TOPIC],
    topicPartitions: [],
  }
  const joined = await waitFor(
    async () => {
      const answer = await shop.request(consumerGroupHeartbeat, joining)
      return answer.errorCode === 0 && answer
    },
    { what: 'a coordinator that has read its groups' },
  )
  const foreign = await orders.request(consumerGroupHeartbeat, { ...group, memberEpoch: joined.memberEpoch })
  expect([ERROR_CODES.UNKNOWN_MEMBER_ID, ERROR_CODES.GROUP_ID_NOT_FOUND]).toContain(foreign.errorCode)
  expect((await shop.request(consumerGroupHeartbeat, { ...group, memberEpoch: joined.memberEpoch })).errorCode).toBe(0)
})

test('a fetch session of another is unknown to everybody else, and its owner reads on undisturbed', async () => {
  const partition = { partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }
  const limits = { maxWaitMs: 50, minBytes: 0, isolationLevel: 0, forgottenTopicsData: [] }
  const neighbour = await connect('shop.app')
  for (const version of [LAST_WITH_NAMES, fetch.versions[1]]) {
    const named = version > LAST_WITH_NAMES ? { topicId: await topicIdAs(shop) } : { topic: TOPIC }
    const topics = [{ ...named, partitions: [partition] }]
    const opened = await shop.request(fetch, { ...limits, sessionEpoch: 0, topics }, { version })
    const { sessionId } = opened
    expect(sessionId).not.toBe(0)
    expect(opened.responses[0]?.partitions[0]?.records?.includes(PAYLOAD)).toBe(true)
    const goOn = (client: KafkaConnection, sessionEpoch: number) =>
      client.request(fetch, { ...limits, sessionId, sessionEpoch, topics: [] }, { version })
    // Also a second connection of the same user: a session belongs to the connection that opened it.
    for (const foreign of [orders, neighbour]) {
      const refused = await goOn(foreign, 1)
      expect(refused).toMatchObject({ errorCode: ERROR_CODES.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0, responses: [] })
      // With these epochs a broker ends the session that is named.
      for (const epoch of [-1, 0]) expect((await goOn(foreign, epoch)).errorCode).toBe(0)
    }
    expect(await goOn(shop, 1)).toMatchObject({ errorCode: 0, sessionId })
    expect((await goOn(shop, 7)).errorCode).toBe(ERROR_CODES.INVALID_FETCH_SESSION_EPOCH)
    const moved = { ...limits, sessionId, sessionEpoch: 2, topics, forgottenTopicsData: [] }
    const again = await shop.request(fetch, moved, { version })
    expect(again.responses[0]?.partitions[0]?.records?.includes(PAYLOAD)).toBe(true)
    const forgotten = {
      ...limits,
      sessionId,
      sessionEpoch: 3,
      topics: [],
      forgottenTopicsData: [{ ...named, partitions: [0] }],
    }
    // Without a partition the broker ends the session.
    expect(await shop.request(fetch, forgotten, { version })).toMatchObject({ errorCode: 0, sessionId: 0 })
    expect((await goOn(shop, 4)).errorCode).toBe(ERROR_CODES.FETCH_SESSION_ID_NOT_FOUND)
  }
  await neighbour.close()
})

test('who closes an own fetch session has none, and can open the next', async () => {
  const topics = [
    { topicId: await topicIdAs(shop), partitions: [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }] },
  ]
  const limits = { maxWaitMs: 50, minBytes: 0, isolationLevel: 0, forgottenTopicsData: [] }
  const { sessionId } = await shop.request(fetch, { ...limits, sessionEpoch: 0, topics })
  const closed = await shop.request(fetch, { ...limits, sessionId, sessionEpoch: -1, topics: [] })
  expect(closed).toMatchObject({ errorCode: 0, sessionId: 0 })
  const gone = await shop.request(fetch, { ...limits, sessionId, sessionEpoch: 1, topics: [] })
  expect(gone.errorCode).toBe(ERROR_CODES.FETCH_SESSION_ID_NOT_FOUND)
  const next = await shop.request(fetch, { ...limits, sessionId, sessionEpoch: 0, topics })
  expect(next.errorCode).toBe(0)
  expect([0, sessionId]).not.toContain(next.sessionId)
})

test('a producer id of another tenant moves none of its transactions', async () => {
  const transaction = { transactionalId: TRANSACTION, transactionTimeoutMs: 60_000 }
  const begin = (client: KafkaConnection) =>
    waitFor(
      async () => {
        const answer = await client.request(initProducerId, transaction)
        return answer.errorCode === 0 && answer
      },
      { what: 'a producer id' },
    )
  const [own, other] = [await begin(shop), await begin(orders)]
  const { producerId, producerEpoch } = own
  expect(producerId).not.toBe(other.producerId)
  const begun = { transactionalId: TRANSACTION, producerId, producerEpoch }
  const topics = [{ name: TOPIC, partitions: [0] }]
  const adding = { v3AndBelowTransactionalId: TRANSACTION, v3AndBelowProducerId: producerId, v3AndBelowTopics: topics }
  const add = { ...adding, v3AndBelowProducerEpoch: producerEpoch }
  const added = await orders.request(addPartitionsToTxn, add, { version: 3 })
  expect(added.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode).toBe(
    ERROR_CODES.INVALID_PRODUCER_ID_MAPPING,
  )
  expect((await orders.request(endTxn, { ...begun, committed: false })).errorCode).toBe(
    ERROR_CODES.INVALID_PRODUCER_ID_MAPPING,
  )
  const mine = await shop.request(addPartitionsToTxn, add, { version: 3 })
  expect(mine.resultsByTopicV3AndBelow[0]?.resultsByPartition[0]?.partitionErrorCode).toBe(0)
  expect((await shop.request(endTxn, { ...begun, committed: true }, { version: 3 })).errorCode).toBe(0)
})

test('the instance id of another tenant’s client is nobody’s: neither hears of the other (KIP-714)', async () => {
  const { clientInstanceId, subscriptionId } = await shop.request(getTelemetrySubscriptions, { clientInstanceId: NO_ID })
  const push = { clientInstanceId, subscriptionId, terminating: true, compressionType: 0, metrics: Buffer.from('metrics') }
  expect((await orders.request(getTelemetrySubscriptions, { clientInstanceId })).errorCode).toBe(0)
  expect((await orders.request(pushTelemetry, push)).errorCode).toBe(0)
  expect((await orders.request(pushTelemetry, push)).errorCode).toBe(ERROR_CODES.INVALID_REQUEST)
  expect((await shop.request(pushTelemetry, { ...push, terminating: false })).errorCode).toBe(0)
  const { traffic } = fixture.gateway
  expect(traffic.of('orders').telemetry).toMatchObject({ pushes: 1, bytes: 7, refused: 1 })
  expect(traffic.of('shop').telemetry).toMatchObject({ pushes: 1, bytes: 7, refused: 0 })
})

test('the same correlation ids on two connections at once: each tenant gets its own answers', async () => {
  const ids = await Promise.all([topicIdAs(orders), topicIdAs(shop)])
  expect(ids[0]).not.toBe(ids[1])
  const [first, second] = await Promise.all([connect('orders.app'), connect('shop.app')])
  // Both count their requests from the same number on.
  const asked = Array.from({ length: 200 }, () => Promise.all([topicIdAs(first), topicIdAs(second)]))
  for (const pair of await Promise.all(asked)) expect(pair).toEqual(ids)
  await Promise.all([first.close(), second.close()])
})

function connect(username: string): Promise<KafkaConnection> {
  return openKafkaConnection({
    host: 'localhost',
    port: fixture.gateway.port + 1,
    tls: { caPem: fixture.certificates.caPem },
    credentials: { username, password: PASSWORD, mechanism: 'SCRAM-SHA-512' },
    clientId: 'sequences',
  })
}

async function produceAs(username: string): Promise<void> {
  const sasl = { mechanism: 'scram-sha-512', username, password: PASSWORD } as const
  const ssl = { ca: [fixture.certificates.caPem] }
  const client = new Kafka({ brokers: [fixture.bootstrap], ssl, sasl, logLevel: logLevel.NOTHING })
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic: TOPIC, messages: [{ value: PAYLOAD }] })
  await producer.disconnect()
}

/** A classic member that has its assignment. */
async function joinAs(client: KafkaConnection): Promise<{ readonly memberId: string; readonly generationId: number }> {
  const protocols = [{ name: 'range', metadata: Buffer.alloc(0) }]
  const group = { groupId: GROUP, sessionTimeoutMs: 30_000, rebalanceTimeoutMs: 30_000, protocolType: 'consumer', protocols }
  // The coordinator is found before it has read its offsets; until then it knows no group.
  const asked = await waitFor(
    async () => {
      const answer = await client.request(joinGroup, { ...group, memberId: '' })
      return answer.errorCode === ERROR_CODES.MEMBER_ID_REQUIRED && answer
    },
    { what: 'a member id' },
  )
  const { memberId } = asked
  const { generationId } = await client.request(joinGroup, { ...group, memberId })
  const assignments = [{ memberId, assignment: Buffer.alloc(0) }]
  const member = { groupId: GROUP, generationId, memberId, protocolType: 'consumer', protocolName: 'range' }
  expect((await client.request(syncGroup, { ...member, assignments })).errorCode).toBe(0)
  return { memberId, generationId }
}

async function topicIdAs(client: KafkaConnection): Promise<string> {
  const asked = { topics: [{ name: TOPIC }], allowAutoTopicCreation: false, includeTopicAuthorizedOperations: false }
  const { topics } = await client.request(metadata, asked)
  return topics[0]?.topicId ?? ''
}
