// SPDX-License-Identifier: Apache-2.0
/**
 * The scene of the walk: two tenants whose topic, group, transactional id and user have the same names, on one Kafka whose address
 * can be told from all others. Tenant `bravo` also has names, records and a commit that nobody else has.
 */
import { readFileSync } from 'node:fs'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { type Kafka as Engine, type Product, startKafka, startProduct, waitFor } from '@kaas/testkit'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { createShare, createTenant, createTopic, createUser } from '../conformance/orders.ts'
import { nameSecret, portSecret, type Secret, textSecret, topicIdSecrets } from './secrets.ts'
import type { WireTarget } from './wire-client.ts'

/** Who walks, and who must stay unseen. */
export const WALKER = 'alpha'
export const VICTIM = 'bravo'
/** The same in both tenants. */
export const SAME = { topic: 'payments', group: 'readers', transactionalId: 'mover', user: 'app' } as const
/** Only the victim has these. */
export const HIDDEN = {
  topic: 'ledger-of-b',
  group: 'auditors-of-b',
  transactionalId: 'closer-of-b',
  user: 'chief-of-b',
} as const

/** A topic of the victim that it shares with the walker, to be read under the other name. Of that, only this may be seen. */
export const SHARED = { topic: 'lent', as: 'borrowed' } as const

const BROKER_HOST = '127.0.0.2'
const PAYLOAD = 'payload-of-b'
const COMMIT_METADATA = 'commit-of-b'

const LENT = Buffer.from(`${VICTIM}.${SHARED.topic}`)

export interface Scene {
  /** Id of the topic `SAME.topic` by tenant, and of the shared one as `SHARED.topic`. */
  readonly topicIds: Readonly<Record<string, string>>
  /** As the walker's own user, through the gateway. */
  readonly gateway: WireTarget
  /** The same user at the broker itself. */
  readonly broker: WireTarget
  /** What must not come back through the gateway. */
  readonly gatewaySecrets: readonly Secret[]
  /** What Kafka itself must not tell the walker's user: the broker's own address is none of it. */
  readonly brokerSecrets: readonly Secret[]
  /** Takes Kafka's own wall away, while `work` goes on: its ACLs allow everybody everything. */
  withoutAcls<T>(work: () => Promise<T>): Promise<T>
  /** What the victim has: topics, settings, offsets, commits, groups, rights, credentials, quotas. */
  victimState(): Promise<unknown>
  stop(): Promise<void>
}

/** Starts everything and lets the victim work: records, a commit, a transaction. */
export async function setScene(): Promise<Scene> {
  // Members of the walk come and go: a group must not wait six seconds for each.
  const kafka = await startKafka({ host: BROKER_HOST, properties: { 'group.min.session.timeout.ms': '100' } })
  const product = await startProduct({ kafka })
  const walkerPassword = await orderTenant(product, WALKER)
  const victimPassword = await orderTenant(product, VICTIM)
  await createTopic(product.client, VICTIM, HIDDEN.topic, { partitions: 1 })
  await createUser(product.client, VICTIM, HIDDEN.user, { roles: ['admin'] })
  await createTopic(product.client, VICTIM, SHARED.topic, { partitions: 1 })
  await createShare(product.client, VICTIM, 'lends', { ...SHARED, with: WALKER })
  const victim = clientOf(product, `${VICTIM}.${SAME.user}`, victimPassword)
  for (const names of [SAME, HIDDEN]) await work(victim, names)
  const admin = openKafkaAdmin({
    bootstrapServers: kafka.bootstrapServers.split(','),
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    clientId: 'scene',
  })
  const secrets = await secretsOf(admin)
  const [, gatewayPort] = product.kafka.split(':')
  const login = { username: `${WALKER}.${SAME.user}`, password: walkerPassword }
  return {
    topicIds: await topicIdsOf(admin),
    gateway: { host: '127.0.0.1', port: Number(gatewayPort), caPem: readFileSync(product.caFile, 'utf8'), ...login },
    broker: { host: BROKER_HOST, port: kafka.ports[0] ?? 0, ...login },
    brokerSecrets: secrets.map((secret) => (secret.what.includes('prefix') ? { ...secret, unless: LENT } : secret)),
    gatewaySecrets: [...secrets, ...addressSecrets(kafka)],
    withoutAcls: (work) => withoutAcls(admin, work),
    victimState: () => stateOf(admin, victim),
    stop: async () => {
      await admin.close()
      await product.stop()
      await kafka.stop()
    },
  }
}

async function withoutAcls<T>(admin: KafkaAdmin, work: () => Promise<T>): Promise<T> {
  const rule = { pattern: 'literal', principal: 'User:*', host: '*', operation: 'all', permission: 'allow' } as const
  const names = { topic: '*', group: '*', transactionalId: '*', cluster: 'kafka-cluster' } as const
  const resources = Object.keys(names) as (keyof typeof names)[]
  await admin.createAcls(resources.map((resource) => ({ ...rule, resource, name: names[resource] })))
  const { principal } = rule
  await waitFor(async () => (await admin.describeAcls({ principal })).length > 0, { what: 'the wall to be open' })
  try {
    return await work()
  } finally {
    await admin.deleteAcls([{ principal }])
    await waitFor(async () => (await admin.describeAcls({ principal })).length === 0, { what: 'the wall to be closed' })
  }
}

async function orderTenant(product: Product, tenant: string): Promise<string> {
  await createTenant(product.client, tenant)
  await createTopic(product.client, tenant, SAME.topic, { partitions: 2 })
  return createUser(product.client, tenant, SAME.user, { roles: ['admin'] })
}

function clientOf(product: Product, username: string, password: string): Kafka {
  return new Kafka({
    brokers: [product.kafka],
    ssl: { ca: [readFileSync(product.caFile, 'utf8')] },
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: logLevel.NOTHING,
  })
}

/** Produces in a transaction, reads in a group, commits with words that only the victim uses. */
async function work(client: Kafka, names: Pick<typeof SAME | typeof HIDDEN, 'topic' | 'group' | 'transactionalId'>) {
  const createPartitioner = Partitioners.DefaultPartitioner
  const producer = client.producer({ transactionalId: names.transactionalId, maxInFlightRequests: 1, createPartitioner })
  await producer.connect()
  const transaction = await producer.transaction()
  await transaction.send({ topic: names.topic, messages: [{ value: PAYLOAD }, { value: PAYLOAD }] })
  await transaction.commit()
  await producer.disconnect()
  const consumer = client.consumer({ groupId: names.group })
  await consumer.connect()
  await consumer.subscribe({ topic: names.topic, fromBeginning: true })
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve))
  await consumer.run({ autoCommit: false, eachMessage: async () => {} })
  await joined
  await consumer.commitOffsets([{ topic: names.topic, partition: 0, offset: '1', metadata: COMMIT_METADATA }])
  await consumer.disconnect()
}

async function topicIdsOf(admin: KafkaAdmin): Promise<Readonly<Record<string, string>>> {
  const tenants = [WALKER, VICTIM]
  const topics = await admin.describeTopics(tenants.map((tenant) => `${tenant}.${SAME.topic}`))
  const [lent] = await admin.describeTopics([`${VICTIM}.${SHARED.topic}`])
  const ids = topics.map(({ name, topicId }) => [name.split('.')[0] ?? '', topicId])
  return { ...Object.fromEntries(ids), [SHARED.topic]: lent?.topicId ?? '' }
}

async function secretsOf(admin: KafkaAdmin): Promise<readonly Secret[]> {
  const topics = await admin.describeTopics([`${VICTIM}.${SAME.topic}`, `${VICTIM}.${HIDDEN.topic}`])
  return [
    nameSecret('the prefix of the other tenant', `${VICTIM}.`),
    ...Object.values(HIDDEN).map((name) => nameSecret('a name of the other tenant', name)),
    textSecret('a record of the other tenant', PAYLOAD),
    textSecret('a commit of the other tenant', COMMIT_METADATA),
    ...topics.flatMap(({ name, topicId }) => topicIdSecrets(name, topicId)),
  ]
}

/** What belongs to brokers alone: where they are, and where their disks are. */
function addressSecrets(kafka: Engine): readonly Secret[] {
  return [
    textSecret('the host of a broker', BROKER_HOST),
    textSecret('the folder of a broker', kafka.dataDirectory),
    ...kafka.ports.flatMap((port) => [
      portSecret('the port of a broker', port),
      textSecret('the port of a broker', `:${port}`),
    ]),
  ]
}

async function stateOf(admin: KafkaAdmin, victim: Kafka): Promise<unknown> {
  const reader = victim.admin()
  await reader.connect()
  const topics = [SAME.topic, HIDDEN.topic]
  const offsets = await Promise.all(topics.map((topic) => reader.fetchTopicOffsets(topic)))
  const commits = await Promise.all([SAME.group, HIDDEN.group].map((groupId) => reader.fetchOffsets({ groupId })))
  await reader.disconnect()
  const users = [SAME.user, HIDDEN.user].map((user) => `${VICTIM}.${user}`)
  return {
    offsets,
    commits,
    topics: await admin.describeTopics(await admin.listTopicNames(`${VICTIM}.`)),
    configs: await Promise.all(topics.map((topic) => admin.describeConfigs('topic', `${VICTIM}.${topic}`))),
    groups: (await admin.listGroups(`${VICTIM}.`)).map(({ groupId }) => groupId).sort(),
    rights: await Promise.all(users.map((user) => admin.describeAcls({ principal: `User:${user}` }))),
    credentials: await admin.describeScramCredentials(users),
    quotas: await Promise.all(users.map((user) => admin.describeQuotas(user))),
  }
}
