// SPDX-License-Identifier: Apache-2.0
/** The steps before two real brokers, for what only a broker can say: rights, defaults, leaders, and what an expression matches. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  alterClientQuotas,
  alterUserScramCredentials,
  consumerGroupHeartbeat,
  createAcls,
  createPartitions,
  createTopics,
  deleteAcls,
  deleteTopics,
  describeAcls,
  describeClientQuotas,
  describeLogDirs,
  describeShareGroupOffsets,
  describeUserScramCredentials,
  ERROR_CODES,
  fetch,
  findCoordinator,
  incrementalAlterConfigs,
  initProducerId,
  listConfigResources,
  listPartitionReassignments,
  metadata,
  produce,
  type RequestInput,
  shareFetch,
  shareGroupDescribe,
  shareGroupHeartbeat,
} from '@kaas/kafka-protocol'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  aclRows,
  allTopics,
  codes,
  deletion,
  emptyBatch,
  everyAcl,
  type GatewayClients,
  gatewayClients,
  leadersOf,
  retentionOf,
  TOPIC,
  topicsRequest,
} from '../../test/gateway-clients.ts'
import { createUser, type GatewayFixture, snapshotFor, startGatewayFixture } from '../../test/gateway-fixture.ts'

const HOUR_MS = 3_600_000
const acl = { resourceType: TOPIC, resourcePatternType: 3, host: '*', operation: 3, permissionType: 3 }

let fixture: GatewayFixture
let connect: GatewayClients['connect']
let clients: GatewayClients

beforeAll(async () => {
  const serviceCredentialsFile = join(temporaryDirectory('service'), 'credentials.json')
  fixture = await startGatewayFixture({ serviceCredentialsFile }, 2)
  clients = gatewayClients(fixture)
  connect = clients.connect
  const local = { ...fixture.kafka.admin, mechanism: 'SCRAM-SHA-512' }
  writeFileSync(serviceCredentialsFile, JSON.stringify({ local }))
  const { clusters, tenants } = snapshotFor(fixture.kafka, 2)
  const limits = { partitions: 20, retentionMs: HOUR_MS, connections: 100 }
  const limited = tenants.map((tenant) => ({ ...tenant, limits }))
  fixture.gateway.snapshot.apply({ kind: 'full', snapshot: { version: 2, clusters, tenants: limited } })
  await fixture.admin.createTopic({ name: 'shop.ledger', partitions: 1, configs: {} })
})

afterAll(async () => {
  await clients?.close()
  await fixture?.stop()
})

test('a topic beyond the partition limit is refused with the limit, by number and by growth, and its neighbours are made', async () => {
  const client = await connect('orders.app')
  const { topics } = await client.request(createTopics, topicsRequest({ fits: 4, much: 30, default: -1 }))
  expect(codes(topics)).toEqual({ fits: 0, much: ERROR_CODES.POLICY_VIOLATION, default: 0 })
  expect(topics.find(({ name }) => name === 'much')?.errorMessage).toMatch(/may have 20 partitions/)
  const growth = { topics: [{ name: 'fits', count: 25, assignments: null }], timeoutMs: 5000, validateOnly: false }
  const { results } = await client.request(createPartitions, growth)
  expect(codes(results)).toEqual({ fits: ERROR_CODES.POLICY_VIOLATION })
  expect(results[0]?.errorMessage).not.toContain('orders.')
})

test('what was deleted makes room at once', async () => {
  const client = await connect('orders.app')
  expect(codes((await client.request(createTopics, topicsRequest({ large: 12 }))).topics)).toEqual({ large: 0 })
  await client.request(deleteTopics, deletion('large'))
  await waitFor(async () => (await client.request(createTopics, topicsRequest({ again: 12 }))).topics[0]?.errorCode === 0, {
    what: 'room for a topic',
  })
  await client.request(deleteTopics, deletion('again'))
})

test('a topic without retention gets the tenant’s, a longer one is refused, and deleting it gives the tenant’s again', async () => {
  const client = await connect('orders.app')
  await client.request(createTopics, topicsRequest({ kept: 1 }))
  await waitFor(async () => (await retentionOf(client, 'kept')) === String(HOUR_MS), { what: 'the retention of the topic' })
  const change = async (configOperation: number, value: string | null) => {
    const configs = [{ name: 'retention.ms', configOperation, value }]
    const resources = [{ resourceType: TOPIC, resourceName: 'kept', configs }]
    return (await client.request(incrementalAlterConfigs, { resources, validateOnly: false })).responses[0]?.errorCode
  }
  expect(await change(0, '-1')).toBe(ERROR_CODES.POLICY_VIOLATION)
  expect(await change(0, '60000')).toBe(0)
  await waitFor(async () => (await retentionOf(client, 'kept')) === '60000', { what: 'the shorter retention' })
  expect(await change(1, null)).toBe(0)
  await waitFor(async () => (await retentionOf(client, 'kept')) === String(HOUR_MS), { what: 'the retention of the tenant' })
})

test('asking for a topic does not create it, in any version', async () => {
  const client = await connect('orders.app')
  for (const version of [0, 1, 3, 4, 9, 13]) {
    const request = { topics: [{ name: 'wished' }], includeTopicAuthorizedOperations: false }
    const answer = await client.request(metadata, request, { version })
    expect(answer.topics).toMatchObject([{ name: 'wished', errorCode: ERROR_CODES.UNKNOWN_TOPIC_OR_PARTITION }])
    expect(answer.brokers.map(({ port }) => port).sort()).toEqual([1, 2].map((port) => fixture.gateway.port + port))
  }
  expect(await fixture.admin.listTopicNames('orders.wished')).toEqual([])
})

test('a producer and a consumer at the wrong broker are not led around the gateway (KIP-951)', async () => {
  const client = await connect('orders.app')
  const leaders = await leadersOf(client, 'fits')
  const { topicId, partition, leaderId } = leaders.find(({ leaderId }) => leaderId === 1) ?? expect.unreachable()
  const wrong = await connect('orders.app', 1 - leaderId)
  const topicData = [{ name: 'fits', topicId, partitionData: [{ index: partition, records: emptyBatch() }] }]
  for (const version of [10, 12, 13]) {
    const request = { transactionalId: null, acks: -1, timeoutMs: 1000, topicData }
    const answer = await wrong.request(produce, request, { version })
    expect(answer.responses[0]?.partitionResponses[0]?.errorCode).toBe(ERROR_CODES.NOT_LEADER_OR_FOLLOWER)
    const [endpoint] = answer.nodeEndpoints
    expect(endpoint).toMatchObject({ nodeId: leaderId, host: 'localhost', port: fixture.gateway.port + 1 + leaderId })
  }
  const partitions = [{ partition, currentLeaderEpoch: -1, fetchOffset: 0n, partitionMaxBytes: 1000 }]
  const request = {
    maxWaitMs: 1,
    minBytes: 0,
    isolationLevel: 0,
    topics: [{ topicId, partitions }],
    forgottenTopicsData: [],
  }
  for (const version of [16, 17, 18]) {
    const answer = await wrong.request(fetch, { ...request, sessionId: 0, sessionEpoch: -1 }, { version })
    expect(answer.responses[0]?.partitions[0]).toMatchObject({
      errorCode: ERROR_CODES.NOT_LEADER_OR_FOLLOWER,
      currentLeader: { leaderId },
    })
    expect(answer.nodeEndpoints).toEqual([])
  }
})

test('a member that subscribes by expression gets topics of its tenant only (KIP-848)', async () => {
  const client = await clients.connectToCoordinator('orders.app', 'matchers')
  const ids = new Set((await allTopics(client)).map(({ topicId }) => topicId))
  for (const regex of ['.*', '(shop\\.|)?.*']) {
    const memberId = randomBytes(8).toString('hex')
    let memberEpoch = 0
    const assigned = await waitFor(
      async () => {
        const first = { rebalanceTimeoutMs: 10_000, subscribedTopicRegex: regex, topicPartitions: [] }
        const member = { groupId: 'matchers', memberId, memberEpoch, ...(memberEpoch === 0 && first) }
        const answer = await client.request(consumerGroupHeartbeat, member)
        if (answer.errorCode !== 0) return undefined
        memberEpoch = answer.memberEpoch
        const topics = answer.assignment?.topicPartitions ?? []
        return topics.length > 0 && topics
      },
      { what: 'an assignment', pollMs: 100 },
    )
    for (const { topicId } of assigned) expect(ids).toContain(topicId)
    await client.request(consumerGroupHeartbeat, { groupId: 'matchers', memberId, memberEpoch: -1 })
  }
})

test('a member that said its expression once gets a topic that is shared later (KIP-848)', async () => {
  const client = await clients.connectToCoordinator('orders.app', 'late')
  const memberId = randomBytes(8).toString('hex')
  const rule = { name: 'shop.ledger', pattern: 'literal', principal: 'User:orders.app', host: '*' } as const
  const { snapshot } = fixture.gateway
  const orders = snapshot.tenant('orders') ?? expect.unreachable()
  const show = (tenant: typeof orders) => snapshot.apply({ kind: 'tenant', version: snapshot.version + 1, tenant })
  let member: RequestInput<typeof consumerGroupHeartbeat> = {
    ...{ groupId: 'late', memberId, memberEpoch: 0, rebalanceTimeoutMs: 10_000, subscribedTopicRegex: 'fits|ledger' },
    topicPartitions: [],
  }
  const untilItHas = (count: number) =>
    waitFor(
      async () => {
        const answer = await client.request(consumerGroupHeartbeat, member)
        const { errorCode, memberEpoch, assignment } = answer
        if (errorCode !== 0) return false
        const topicPartitions = assignment?.topicPartitions
        // A member says its partitions once when they change, and its expression never again.
        member = { groupId: 'late', memberId, memberEpoch, ...(topicPartitions && { topicPartitions }) }
        return topicPartitions?.length === count
      },
      { what: `an assignment of ${count} topics`, pollMs: 100 },
    )
  await untilItHas(1)
  show({ ...orders, shares: [{ physicalName: 'shop.ledger', name: 'ledger', access: 'read' }] })
  await fixture.admin.createAcls([{ ...rule, resource: 'topic', operation: 'read', permission: 'allow' }])
  await untilItHas(2)
  await client.request(consumerGroupHeartbeat, { groupId: 'late', memberId, memberEpoch: -1 })
  show(orders)
  await fixture.admin.deleteAcls([{ ...rule, resource: 'topic' }])
})

test('members of a share group get topics, records and leaders of their tenant in its own names (KIP-932)', async () => {
  const client = await clients.connectToCoordinator('orders.app', 'sharers')
  const memberId = randomBytes(16).toString('base64url')
  const first = { subscribedTopicNames: ['fits'], rackId: null }
  let memberEpoch = 0
  const [assigned] = await waitFor(
    async () => {
      const member = {
        groupId: 'sharers',
        memberId,
        memberEpoch,
        ...(memberEpoch === 0 ? first : { subscribedTopicNames: null }),
      }
      const answer = await client.request(shareGroupHeartbeat, member)
      if (answer.errorCode !== 0) return undefined
      memberEpoch = answer.memberEpoch
      const topics = answer.assignment?.topicPartitions ?? []
      return topics.length > 0 && topics
    },
    { what: 'a share assignment', pollMs: 100 },
  )
  const described = await client.request(shareGroupDescribe, { groupIds: ['sharers'], includeAuthorizedOperations: false })
  expect(described.groups[0]).toMatchObject({ groupId: 'sharers', members: [{ subscribedTopicNames: ['fits'] }] })
  const topicId = assigned?.topicId ?? ''
  const partitions = [0, 1, 2, 3].map((partitionIndex) => ({ partitionIndex, acknowledgementBatches: [] }))
  const limits = { maxWaitMs: 10, minBytes: 0, maxRecords: 10, batchSize: 10, isRenewAck: false, forgottenTopicsData: [] }
  const request = { groupId: 'sharers', memberId, shareSessionEpoch: 0, ...limits, topics: [{ topicId, partitions }] }
  const answer = await client.request(shareFetch, request)
  expect(answer.errorCode).toBe(0)
  for (const { host, port, nodeId } of answer.nodeEndpoints) {
    expect({ host, port }).toEqual({ host: 'localhost', port: fixture.gateway.port + 1 + nodeId })
  }
  const offsets = { groups: [{ groupId: 'sharers', topics: null }] }
  const { groups } = await client.request(describeShareGroupOffsets, offsets)
  for (const { topicName } of groups[0]?.topics ?? []) expect(topicName).toBe('fits')
})

test('an administrator of a tenant manages its ACLs and sees nothing of others', async () => {
  const client = await connect('orders.app')
  const wanted = [
    { ...acl, resourceName: 'payments', principal: 'User:reader' },
    { ...acl, resourceName: '*', principal: 'User:orders.auditor' },
    { ...acl, resourceName: 'payments', principal: 'User:*' },
    { ...acl, resourceName: 'kafka-cluster', resourceType: 4, principal: 'User:reader' },
  ]
  const { results } = await client.request(createAcls, { creations: wanted })
  const refused = ERROR_CODES.POLICY_VIOLATION
  expect(results.map(({ errorCode }) => errorCode)).toEqual([0, 0, refused, refused])
  const seen = await waitFor(
    async () => {
      const rows = await aclRows(client)
      return rows.some((row) => row.includes('auditor')) && rows
    },
    { what: 'the new ACLs' },
  )
  expect(seen).toContain('payments LITERAL User:reader')
  expect(seen).toContain('* LITERAL User:auditor')
  expect(seen.filter((row) => row.includes('shop'))).toEqual([])
  expect(await fixture.admin.describeAcls({ principal: 'User:orders.auditor' })).toMatchObject([
    { name: 'orders.', pattern: 'prefixed' },
  ])
})

test('a user without the role is refused with a sentence, and may still do what her rights allow', async () => {
  await createReader('orders.reader')
  const client = await connect('orders.reader')
  const seen = await client.request(describeAcls, everyAcl)
  expect(seen).toMatchObject({ errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED, resources: [] })
  expect(seen.errorMessage).toMatch(/role is admin/)
  const { results } = await client.request(createAcls, {
    creations: [{ ...acl, resourceName: 'x', principal: 'User:reader' }],
  })
  expect(results[0]?.errorCode).toBe(ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED)
  const { filterResults } = await client.request(deleteAcls, { filters: [everyAcl] })
  expect(filterResults[0]).toMatchObject({ errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED, matchingAcls: [] })
  const listed = await client.request(listConfigResources, { resourceTypes: [] })
  expect(listed.errorCode).toBe(ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED)
  const disks = await client.request(describeLogDirs, { topics: null })
  expect(disks).toMatchObject({ errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED, results: [] })
  expect((await allTopics(client)).map(({ name }) => name)).toEqual(['fits'])
})

test('whom Kafka’s own rights refuse, and what, is told to the audit log and counted', async () => {
  const client = await connect('orders.reader')
  await client.request(metadata, { topics: [{ name: 'hidden' }], includeTopicAuthorizedOperations: false })
  await client.request(findCoordinator, { keyType: 0, coordinatorKeys: ['readers'] })
  const [leader] = await leadersOf(client, 'fits')
  const { topicId, partition, leaderId } = leader ?? expect.unreachable()
  const producer = await connect('orders.reader', leaderId)
  await producer.request(initProducerId, { transactionalId: 'mover', transactionTimeoutMs: 60_000 })
  const partitionData = [{ index: partition, records: emptyBatch() }]
  await producer.request(produce, {
    transactionalId: null,
    acks: 1,
    timeoutMs: 5000,
    topicData: [{ topicId, partitionData }],
  })
  const seen = fixture.gateway.journal.next(1000, Date.now()).filter(({ rule }) => rule.endsWith('authorization-failed'))
  expect(seen.map(({ user, rule, api, message }) => [user, rule, api, /first was "(.*)"/.exec(message)?.[1]])).toEqual([
    ['orders.reader', 'topic-authorization-failed', 'Metadata', 'hidden'],
    ['orders.reader', 'group-authorization-failed', 'FindCoordinator', undefined],
    ['orders.reader', 'transactional-id-authorization-failed', 'InitProducerId', undefined],
    ['orders.reader', 'topic-authorization-failed', 'Produce', undefined],
  ])
  const counted = fixture.gateway.traffic.of('orders').byApi.errors['not-authorized']
  expect([metadata, findCoordinator, initProducerId, produce].map(({ key }) => counted[key])).toEqual([1, 1, 1, 1])
})

test('the list of config resources is the tenant’s', async () => {
  const client = await connect('orders.app')
  const { errorCode, configResources } = await client.request(listConfigResources, { resourceTypes: [] })
  expect(errorCode).toBe(0)
  expect(configResources.map(({ resourceName }) => resourceName)).toContain('fits')
  expect(configResources.filter(({ resourceName }) => /shop|ledger|__|^orders/.test(resourceName))).toEqual([])
  expect(new Set(configResources.map(({ resourceType }) => resourceType))).not.toContain(4)
})

test('each broker tells of the tenant’s part of its own disks, not where they are, and not how full', async () => {
  const client = await connect('orders.app')
  const leaders = await leadersOf(client, 'fits')
  const told = await Promise.all(
    [0, 1].map(async (nodeId) => {
      const { errorCode, results } = await (await connect('orders.app', nodeId)).request(describeLogDirs, { topics: null })
      expect(errorCode).toBe(0)
      expect(results).toMatchObject([{ errorCode: 0, logDir: 'disk-1', totalBytes: -1n, usableBytes: -1n }])
      return results.flatMap(({ topics }) => topics)
    }),
  )
  for (const [nodeId, topics] of told.entries()) {
    const fits = topics.find(({ name }) => name === 'fits')?.partitions.map(({ partitionIndex }) => partitionIndex)
    const here = leaders.filter(({ leaderId }) => leaderId === nodeId).map(({ partition }) => partition)
    expect(fits?.sort()).toEqual(here.sort())
    expect(topics.filter(({ name }) => /shop|ledger|__|^orders/.test(name))).toEqual([])
  }
  const asked = { topics: ['../shop.ledger', 'shop.ledger', 'ledger'].map((topic) => ({ topic, partitions: [0] })) }
  const { results } = await client.request(describeLogDirs, asked)
  expect(results.flatMap(({ topics }) => topics)).toEqual([])
})

test('quotas and passwords: an administrator sees those of her tenant, and changing them is refused with the way that holds', async () => {
  const users = ['orders.app', 'shop.app', 'admin']
  for (const user of users) await fixture.admin.alterQuotas(user, { set: { producer_byte_rate: 1e6 }, remove: [] })
  const before = await stateOf(users)
  const client = await connect('orders.app')
  const all = { components: [], strict: false }
  const { entries } = await waitFor(
    async () => {
      const answer = await client.request(describeClientQuotas, all)
      return answer.entries?.length === 1 && answer
    },
    { what: 'the quota' },
  )
  const app = [{ entityType: 'user', entityName: 'app' }]
  expect(entries).toEqual([{ entity: app, values: [{ key: 'producer_byte_rate', value: 1e6 }] }])
  const { results } = await client.request(describeUserScramCredentials, { users: null })
  expect(results.map(({ user }) => user)).toEqual(expect.arrayContaining(['app', 'legacy']))
  expect(results.filter(({ user }) => /shop|admin|\./.test(user))).toEqual([])
  for (const name of ['shop.app', 'admin', 'app2']) {
    const asked = await client.request(describeUserScramCredentials, { users: [{ name }] })
    expect(asked.results).toMatchObject([{ user: name, errorCode: ERROR_CODES.RESOURCE_NOT_FOUND }])
    expect(asked.results[0]?.errorMessage).not.toContain('orders')
  }
  const ops = [{ key: 'producer_byte_rate', value: 1, remove: false }]
  const altered = await client.request(alterClientQuotas, { entries: [{ entity: app, ops }], validateOnly: false })
  expect(altered.entries).toMatchObject([{ errorCode: ERROR_CODES.POLICY_VIOLATION, entity: app }])
  const deletions = [{ name: 'app', mechanism: 2 }]
  const salted = { mechanism: 2, iterations: 4096, salt: randomBytes(16), saltedPassword: randomBytes(64) }
  const upsertions = [{ name: 'shop.app', ...salted }]
  const rotated = await client.request(alterUserScramCredentials, { deletions, upsertions })
  expect(rotated.results.map(({ errorCode }) => errorCode)).toEqual(Array(2).fill(ERROR_CODES.POLICY_VIOLATION))
  expect(await stateOf(users)).toEqual(before)
})

test('a question that Kafka cannot make sense of is answered with its error, and costs nobody else an answer', async () => {
  const client = await connect('orders.app')
  const neighbour = await connect('shop.app')
  for (const component of [
    { entityType: 'user', matchType: 7, match: null },
    { entityType: 'user', matchType: 0, match: null },
    { entityType: 'planet', matchType: 2, match: null },
    { entityType: 'user', matchType: 1, match: 'app' },
  ]) {
    const asked = { components: [component, component], strict: false }
    const [answer, other] = await Promise.all([
      client.request(describeClientQuotas, asked),
      neighbour.request(describeUserScramCredentials, { users: null }),
    ])
    expect(answer.entries ?? []).toEqual([])
    expect(other).toMatchObject({ errorCode: 0, results: [{ user: 'app' }] })
  }
  const topics = [{ name: '', partitionIndexes: [-1] }]
  expect((await client.request(listPartitionReassignments, { timeoutMs: 1000, topics })).topics).toEqual([])
})

test('deleting every ACL deletes the tenant’s, and no other', async () => {
  const others = async () =>
    (await fixture.admin.describeAcls({})).filter(({ principal }) => principal.startsWith('User:shop.'))
  const before = await others()
  expect(before.length).toBeGreaterThan(0)
  const client = await connect('orders.app')
  const { filterResults } = await client.request(deleteAcls, { filters: [everyAcl] })
  expect(filterResults[0]?.errorCode).toBe(0)
  expect(filterResults[0]?.matchingAcls.map(({ principal }) => principal)).toContain('User:auditor')
  await waitFor(async () => (await fixture.admin.describeAcls({ principal: 'User:orders.app' })).length === 0, {
    what: 'the ACLs to go',
  })
  expect(await others()).toEqual(before)
  expect((await client.request(describeAcls, everyAcl)).errorCode).toBe(ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED)
})

/** Only `fits` may be seen and read. */
async function createReader(user: string): Promise<void> {
  await createUser(fixture.admin, 'nobody', user, 'SCRAM-SHA-512')
  const rule = { name: 'orders.fits', pattern: 'literal', principal: `User:${user}`, host: '*' } as const
  await fixture.admin.createAcls([{ ...rule, resource: 'topic', operation: 'read', permission: 'allow' }])
}

async function stateOf(users: readonly string[]): Promise<unknown> {
  const quotas = await Promise.all(users.map((user) => fixture.admin.describeQuotas(user)))
  return { quotas, credentials: await fixture.admin.describeScramCredentials(users) }
}
