// SPDX-License-Identifier: Apache-2.0
/**
 * The Kafka that is rendered is the Kafka that is tested: three real brokers and three controllers run what the objects of a
 * tenant say. Strimzi itself is not here: `strimzi-stand-in.ts` and `operators.ts` say what stands in for it.
 */
import { randomBytes } from 'node:crypto'
import { createAuthority, issueCertificate } from '@kaas/certificates'
import { type KafkaAdmin, openKafkaConnection } from '@kaas/kafka-admin'
import { fetch, findCoordinator, metadata } from '@kaas/kafka-protocol'
import type { KubernetesObject } from '@kaas/planner'
import { makeTopic, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AcknowledgedLoad, readHashes, startLoad } from '../system/faults/acknowledged-load.ts'
import { clientAs, connectionTo } from './clients.ts'
import { movePartitions } from './move-partitions.ts'
import { applyAccess, openOperator, type UserLogin } from './operators.ts'
import { type RenderedCluster, startRenderedCluster } from './rendered-cluster.ts'
import { renderShop } from './tenant.ts'

let objects: readonly KubernetesObject[]
let cluster: RenderedCluster
let admin: KafkaAdmin
let logins: ReadonlyMap<string, UserLogin>

beforeAll(async () => {
  objects = renderShop()
  cluster = await startRenderedCluster(objects)
  admin = await openOperator(cluster, 'shop')
  logins = await applyAccess(admin, cluster, objects)
  await waitFor(usersServed, { what: 'every broker to know every user' })
})

afterAll(async () => {
  await admin?.close()
  await cluster?.stop()
})

describe('the rendered cluster, configured without its operator (Strimzi is stood in for)', () => {
  test('every setting of the rendered Kafka is in force on every broker', async () => {
    const { config } = specOf('Kafka').kafka as { config: Record<string, unknown> }
    for (const nodeId of brokerIds()) {
      const found = await admin.describeConfigs('broker', String(nodeId), Object.keys(config))
      const values = Object.fromEntries(found.map(({ name, value }) => [name, value]))
      expect(values).toEqual(Object.fromEntries(Object.entries(config).map(([name, value]) => [name, String(value)])))
    }
  })

  test('every partition has a replica in every zone, so that a zone can be lost [R7]', async () => {
    const { topics, brokers } = await described('orders')
    const zones = new Map(brokers.map(({ nodeId, rack }) => [nodeId, rack]))
    expect(new Set(zones.values())).toEqual(new Set(['eu-1a', 'eu-1b', 'eu-1c']))
    expect(topics[0]?.partitions).toHaveLength(12)
    for (const { replicaNodes } of topics[0]?.partitions ?? []) {
      expect(new Set(replicaNodes.map((nodeId) => zones.get(nodeId))).size).toBe(3)
    }
  })

  test('a consumer that says where it is reads from the replica in its zone', async () => {
    await produce('web', 'orders', [{ partition: 0, value: 'near' }])
    const { topics, brokers } = await described('orders')
    const partition = topics[0]?.partitions.find(({ partitionIndex }) => partitionIndex === 0)
    const follower = brokers.find(({ nodeId }) => nodeId !== partition?.leaderId)
    const near = await fetchFrom(partition?.leaderId ?? -1, follower?.rack ?? '', topics[0]?.topicId ?? '')
    expect(near?.preferredReadReplica).toBe(follower?.nodeId)
    const read = await fetchFrom(follower?.nodeId ?? -1, follower?.rack ?? '', topics[0]?.topicId ?? '')
    expect(read?.errorCode).toBe(0)
    expect(Buffer.from(read?.records ?? []).includes('near')).toBe(true)
    const far = await fetchFrom(partition?.leaderId ?? -1, '', topics[0]?.topicId ?? '')
    expect(far?.preferredReadReplica).toBe(-1)
  })
})

describe('a client with the rights of a rendered user', () => {
  test('by certificate writes and reads its topics, by the names that the wildcard certificate covers [R154]', async () => {
    const value = randomBytes(8).toString('hex')
    await produce('web', 'orders', [{ value }])
    expect(await consume('web', 'orders', 'web-group', value)).toBe(value)
  })

  test('by password reads what a rule names, in the groups that a rule names', async () => {
    const value = randomBytes(8).toString('hex')
    await produce('web', 'orders', [{ value }])
    expect(await consume('audit', 'orders', 'audit-1', value)).toBe(value)
  })

  test.each([
    [
      'to write without the role',
      () => produce('audit', 'orders', [{ value: 'x' }]),
      /TOPIC_AUTHORIZATION_FAILED|Not authorized/,
    ],
    ['to read in a group that no rule names', () => findGroup('audit', 'web-group'), /30/],
    [
      'to read a topic that no rule names',
      () => consume('audit', 'Clicks_EU', 'audit-1', 'x'),
      /TOPIC_AUTHORIZATION_FAILED|Not authorized/,
    ],
    [
      'to delete a topic as a producer',
      () => deleteTopic('web', 'orders'),
      /TOPIC_AUTHORIZATION_FAILED|Not authorized|deletion/,
    ],
    [
      'to write to a topic of Kafka as admin',
      () => produce('ops', '__consumer_offsets', [{ value: 'x' }]),
      /TOPIC_AUTHORIZATION_FAILED|Not authorized/,
    ],
    [
      'to delete a topic of Kafka as admin',
      () => deleteTopic('ops', '__consumer_offsets'),
      /TOPIC_AUTHORIZATION_FAILED|Not authorized|deletion/,
    ],
  ])('is refused %s', async (_, attempt, message) => {
    await expect(attempt()).rejects.toThrow(message)
  })

  test('an admin of the tenant creates and deletes topics, and no one else does', async () => {
    const client = clientAs(cluster, login('ops')).admin()
    await client.connect()
    await makeTopic(client, { topic: 'mine' })
    expect(await client.listTopics()).toContain('mine')
    await client.deleteTopics({ topics: ['mine'] })
    await client.disconnect()
  })

  test('no topic is made by naming it: a typing error stays an error', async () => {
    await expect(produce('ops', 'ordesr', [{ value: 'x' }])).rejects.toThrow(/does not host|UNKNOWN_TOPIC|unknown/i)
  })
})

describe('nobody else comes in', () => {
  test('without a certificate, or with one of another authority, or with a wrong password', async () => {
    const foreign = await createAuthority('somebody')
    const stranger = await issueCertificate(foreign, { names: ['shop.web'] })
    const right = login('audit')
    const attempts: readonly UserLogin[] = [
      { kind: 'tls', name: 'shop.web', identity: { certificatePem: '', keyPem: '' } },
      { kind: 'tls', name: 'shop.web', identity: stranger },
      { kind: 'scram', name: right.name, password: 'wrong' },
      { kind: 'scram', name: 'shop.web', password: 'certificates have no password' },
    ]
    for (const attempt of attempts) {
      const client = clientAs(cluster, attempt, { retry: { retries: 0 } }).admin()
      await expect(client.connect()).rejects.toThrow()
      await client.disconnect()
    }
  })

  test('without TLS, at any listener [R73]', async () => {
    for (const { name } of cluster.listeners) {
      const port = cluster.portOf(brokerIds()[0] ?? -1, name)
      const options = { host: '127.0.0.1', port, clientId: 'test', connectTimeoutMs: 5_000 }
      await expect(openKafkaConnection(options)).rejects.toThrow(/kafka|connection|bytes/i)
    }
  })

  test('a certificate of a user is none of an operator: the inner listeners take their own authority only', async () => {
    const port = cluster.portOf(brokerIds()[0] ?? -1, 'REPLICATION-9091')
    const web = login('web')
    const identity = web.kind === 'tls' ? web.identity : { certificatePem: '', keyPem: '' }
    const tls = { caPem: cluster.clusterAuthority.certificatePem, identity }
    await expect(openKafkaConnection({ host: '127.0.0.1', port, tls, clientId: 'test' })).rejects.toThrow(
      /kafka|connection/i,
    )
  })
})

describe('quotas as rendered', () => {
  test('hold a user to her part of the workload, and others keep theirs [R150]', async () => {
    const rendered = objects.filter(({ kind }) => kind === 'KafkaUser')
    for (const { metadata: about, spec } of rendered) {
      const { quotas, authentication } = spec as { quotas: Record<string, number>; authentication: { type: string } }
      const name = authentication.type === 'tls' ? `CN=${about?.name}` : `${about?.name}`
      const [found] = await admin.describeQuotas(name)
      expect(found?.values).toEqual({
        producer_byte_rate: quotas.producerByteRate,
        consumer_byte_rate: quotas.consumerByteRate,
      })
    }
    // 2 MB to one broker, of 100 kB/s after the first window; the other user may 15 times as much.
    const megabytes = Array.from({ length: 8 }, () => ({ partition: 0, value: randomBytes(250_000) }))
    const slow = await timed(() => produceSlowly('batch', 'orders', megabytes))
    const quick = await timed(() => produceSlowly('web', 'orders', megabytes))
    expect(slow).toBeGreaterThan(4_000)
    expect(quick).toBeLessThan(slow / 2)
  })
})

describe('zones are lost: a broker and a controller in each', () => {
  let acknowledged: ReadonlySet<string>
  const target = () => ({ client: () => clientAs(cluster, login('web')), topic: 'orders' })
  const missing = async () => {
    const found = await readHashes(target(), acknowledged, 60_000)
    return [...acknowledged].filter((hash) => !found.has(hash))
  }

  test('one of three under load: producing goes on, and no acknowledged record is missing [R7]', async () => {
    const load = await startLoad(target())
    await progress(load, 'the load to begin')
    await lose(1)
    await progress(load, 'records to be acknowledged without a zone')
    await bringBack(1)
    await progress(load, 'records to be acknowledged after it came back')
    acknowledged = await load.stop()
    expect(acknowledged.size).toBeGreaterThan(500)
    expect(await missing()).toEqual([])
  })

  test('two of three: what only one broker would hold is refused, nothing is lost, and one zone back is enough [R7]', async () => {
    await waitFor(async () => (await inSync('orders')) === 3, { what: 'all replicas to be in sync' })
    await Promise.all([lose(1), lose(2)])
    const options = { retry: { retries: 1 }, requestTimeout: 5_000 }
    await expect(produce('web', 'orders', [{ value: 'alone' }], options)).rejects.toThrow()
    await bringBack(1)
    await waitFor(() => produce('web', 'orders', [{ value: 'again' }]).then(() => true), {
      ...{ what: 'records to be acknowledged with two zones', timeoutMs: 90_000 },
    })
    expect(await missing()).toEqual([])
    await bringBack(2)
  })
})

describe('a larger order', () => {
  test('brings brokers that hold nothing until partitions are moved; moving is throttled, and clients go on [R146]', async () => {
    const client = () => clientAs(cluster, login('ops'))
    const added = await cluster.grow(renderShop('large'))
    expect(added.map(({ nodeId, zone }) => [nodeId, zone])).toEqual([
      [1, 'eu-1a'],
      [101, 'eu-1b'],
      [201, 'eu-1c'],
    ])
    const ids = added.map(({ nodeId }) => nodeId)
    await waitFor(async () => (await described('orders')).brokers.length === 6, { what: 'new brokers' })
    expect((await holders('orders')).filter((nodeId) => ids.includes(nodeId))).toEqual([])
    const megabytes = Array.from({ length: 16 }, () => ({ partition: 0, value: randomBytes(250_000) }))
    await produceSlowly('web', 'orders', megabytes)
    const load = await startLoad({ client, topic: 'orders' })
    await progress(load, 'the load to begin')
    const half = new Map([0, 2, 4, 6, 8, 10].map((partition) => [partition, ids]))
    const start = performance.now()
    // Far below the rendered throttle, which would move these few megabytes at once.
    const move = await movePartitions(cluster, 'orders', half, 1_500_000)
    await progress(load, 'records to be acknowledged while partitions move')
    // What comes in faster than the throttle lets followers catch up would keep the move from ending.
    const acknowledged = await load.stop()
    await waitFor(() => move.isDone(), { what: 'the partitions to have moved', timeoutMs: 150_000 })
    expect(performance.now() - start).toBeGreaterThan(4_000)
    expect(new Set(await holders('orders'))).toEqual(new Set([0, 100, 200, ...ids]))
    const found = await readHashes({ client, topic: 'orders' }, acknowledged, 60_000)
    expect([...acknowledged].filter((hash) => !found.has(hash))).toEqual([])
  }, 400_000)
})

/** Rights reach brokers one after the other, and the first group waits until Kafka has made its topic for groups. */
async function usersServed(): Promise<boolean> {
  await Promise.all(brokerIds().map((nodeId) => described('orders', nodeId)))
  await produce('web', 'orders', [{ value: 'first' }])
  return (await consume('web', 'orders', 'first-group', 'first')) === 'first'
}

function specOf(kind: string) {
  return objects.find((each) => each.kind === kind)?.spec as Record<string, Record<string, unknown>> & { kafka: object }
}

function brokerIds(): readonly number[] {
  return cluster.nodes.filter(({ role }) => role === 'broker').map(({ nodeId }) => nodeId)
}

function login(name: string): UserLogin {
  const found = logins.get(`shop.${name}`)
  if (found === undefined) throw new Error(`There is no user ${name}.`)
  return found
}

async function described(topic: string, nodeId = brokerIds()[0] ?? -1) {
  const connection = await connectionTo(cluster, login('web'), nodeId)
  try {
    const answer = await connection.request(metadata, { topics: [{ name: topic }], allowAutoTopicCreation: false })
    const code = answer.topics[0]?.errorCode ?? 0
    if (code !== 0) throw new Error(`Kafka says ${code} of ${topic}.`)
    return answer
  } finally {
    await connection.close()
  }
}

async function holders(topic: string): Promise<number[]> {
  const { topics } = await described(topic)
  return (topics[0]?.partitions ?? []).flatMap(({ replicaNodes }) => replicaNodes)
}

async function inSync(topic: string): Promise<number> {
  const { topics } = await described(topic)
  return Math.min(...(topics[0]?.partitions ?? []).map(({ isrNodes }) => isrNodes.length))
}

/** The processes of a zone: Kubernetes spreads controllers over the zones too. */
function processesOf(zone: number) {
  const controllers = cluster.nodes.filter(({ role }) => role === 'controller')
  return [cluster.broker(brokerIds()[zone] ?? -1), cluster.broker(controllers[zone]?.nodeId ?? -1)]
}

async function lose(zone: number): Promise<void> {
  await Promise.all(processesOf(zone).map((each) => each.kill('SIGKILL')))
}

async function bringBack(zone: number): Promise<void> {
  await Promise.all(processesOf(zone).map((each) => each.start()))
}

async function findGroup(name: string, groupId: string): Promise<void> {
  const connection = await connectionTo(cluster, login(name), brokerIds()[0] ?? -1)
  try {
    const { coordinators } = await connection.request(findCoordinator, { keyType: 0, coordinatorKeys: [groupId] })
    throw new Error(`Kafka says ${coordinators[0]?.errorCode}`)
  } finally {
    await connection.close()
  }
}

async function fetchFrom(nodeId: number, rackId: string, topicId: string) {
  const connection = await connectionTo(cluster, login('web'), nodeId)
  try {
    const partitions = [{ partition: 0, fetchOffset: 0n, partitionMaxBytes: 1_000_000 }]
    const topics = [{ topic: 'orders', topicId, partitions }]
    const answer = await connection.request(fetch, {
      ...{ maxWaitMs: 500, minBytes: 1, isolationLevel: 0, sessionId: 0, topics, forgottenTopicsData: [], rackId },
    })
    return answer.responses[0]?.partitions[0]
  } finally {
    await connection.close()
  }
}

async function produce(
  name: string,
  topic: string,
  messages: { value: string; partition?: number }[],
  options: object = { retry: { retries: 2 } },
): Promise<void> {
  const producer = clientAs(cluster, login(name), options).producer()
  await producer.connect()
  try {
    await producer.send({ topic, acks: -1, messages })
  } finally {
    await producer.disconnect()
  }
}

async function produceSlowly(name: string, topic: string, messages: { value: Buffer; partition: number }[]): Promise<void> {
  const producer = clientAs(cluster, login(name)).producer()
  await producer.connect()
  for (const message of messages) await producer.send({ topic, acks: -1, messages: [message] })
  await producer.disconnect()
}

/** The first record with this value, or what stopped the consumer. */
async function consume(name: string, topic: string, groupId: string, wanted: string): Promise<string> {
  const consumer = clientAs(cluster, login(name), { retry: { retries: 10 } }).consumer({ groupId })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  consumer.on('consumer.crash', ({ payload }) => reject(payload.error))
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ message }) => {
        if (message.value?.toString() === wanted) resolve(wanted)
      },
    })
    return await promise
  } finally {
    await consumer.disconnect()
  }
}

async function deleteTopic(name: string, topic: string): Promise<void> {
  const client = clientAs(cluster, login(name), { retry: { retries: 0 } }).admin()
  await client.connect()
  try {
    await client.deleteTopics({ topics: [topic] })
  } finally {
    await client.disconnect()
  }
}

async function progress(load: AcknowledgedLoad, what: string): Promise<void> {
  const start = load.acknowledged
  await waitFor(() => load.acknowledged > start + 200, { what, timeoutMs: 90_000 })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
