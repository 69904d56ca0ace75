// SPDX-License-Identifier: Apache-2.0
import {
  type Api,
  alterClientQuotas,
  alterUserScramCredentials,
  describeAcls,
  describeClientQuotas,
  describeLogDirs,
  describeTopicPartitions,
  describeUserScramCredentials,
  ERROR_CODES,
  listPartitionReassignments,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { type Answers, stepContext, type TestContext } from '../../test/step-context.ts'
import type { Message } from '../step.ts'
import { createAdministrationStep } from './administration-step.ts'

const step = createAdministrationStep()
const ALLOWED = { operation: 2, permissionType: 3, host: '*' }
const { CLUSTER_AUTHORIZATION_FAILED, POLICY_VIOLATION } = ERROR_CODES

test('quotas: the tenant sees those of its own users, under their names, and nothing of others or of the platform', async () => {
  const values = [{ key: 'producer_byte_rate', value: 5_000_000 }]
  const entries = [
    { entity: [user('orders.app')], values },
    { entity: [user('orders.app'), clientId('batch')], values },
    { entity: [clientId('batch'), user('orders.loader')], values },
    { entity: [user('shop.app')], values },
    { entity: [user('ordersx')], values },
    { entity: [user(null)], values },
    { entity: [clientId('batch')], values },
    { entity: [clientId(null)], values },
    { entity: [{ entityType: 'ip', entityName: '10.0.0.1' }], values },
  ]
  const context = asAdministrator(describeClientQuotas, 1, () => ({ errorCode: 0, errorMessage: null, entries }))
  expect((await answerOf(context, { components: [], strict: false })).entries).toEqual([
    { entity: [user('app')], values },
    { entity: [user('app'), clientId('batch')], values },
    { entity: [clientId('batch'), user('loader')], values },
  ])
})

test('quotas: a user is asked for by either of her names, and always as one of the tenant', async () => {
  const answer = () => ({ errorCode: 0, errorMessage: null, entries: [] })
  for (const [asked, physical] of [
    ['app', 'orders.app'],
    ['orders.app', 'orders.app'],
    ['shop.app', 'orders.shop.app'],
  ] as const) {
    const context = asAdministrator(describeClientQuotas, 1, answer)
    const other = { entityType: 'client-id', matchType: 0, match: 'shop.app' }
    await answerOf(context, { components: [{ entityType: 'user', matchType: 0, match: asked }, other], strict: true })
    expect(context.asked.at(-1)?.request).toMatchObject({ components: [{ match: physical }, other], strict: true })
  }
})

test('quotas: changes are refused entry by entry, with what to do instead, and the cluster is asked for nothing', async () => {
  const context = asAdministrator(alterClientQuotas, 1, unasked)
  const tenant = { ...context.tenant, limits: { ...context.tenant.limits, ...RATES } }
  const ops = [{ key: 'producer_byte_rate', value: 1, remove: false }]
  const entities = [[user('app')], [user(null)], [clientId('batch')], [user('app'), clientId('batch')], []]
  const entries = entities.map((entity) => ({ entity, ops }))
  const answer = await answerOf({ ...context, tenant }, { entries, validateOnly: false })
  expect(answer.entries).toMatchObject(entities.map((entity) => ({ errorCode: POLICY_VIOLATION, entity })))
  const [first, ...others] = answer.entries as { readonly errorMessage: string }[]
  expect(first?.errorMessage).toMatch(
    /"app" follow the order of 5MB\/s in and 15MB\/s out .*kaas edit user app --tenant orders/,
  )
  for (const { errorMessage } of others) expect(errorMessage).toMatch(/belong to the platform/)
  expect(context.refusals).toEqual(['not-allowed'])
})

test('SCRAM: all users are those of the tenant, under their names', async () => {
  const credentialInfos = [{ mechanism: 2, iterations: 4096 }]
  const told = (name: string) => ({ user: name, errorCode: 0, errorMessage: null, credentialInfos })
  for (const users of [null, []]) {
    const results = [told('orders.app'), told('shop.app'), told('admin'), told('orders.loader')]
    const context = asAdministrator(describeUserScramCredentials, 0, () => ({ errorCode: 0, errorMessage: null, results }))
    expect((await answerOf(context, { users })).results).toEqual([told('app'), told('loader')])
    expect(context.asked.at(-1)?.request).toEqual({ users: [] })
  }
})

test('SCRAM: users that are not there are told as Kafka does, by the name that was asked', async () => {
  const answer = (_: Api, request: Message) => ({
    errorCode: 0,
    errorMessage: null,
    results: (request.users as { readonly name: string }[]).map(({ name }) => ({
      ...{ user: name, errorCode: ERROR_CODES.RESOURCE_NOT_FOUND, credentialInfos: [] },
      errorMessage: `Attempt to describe a user credential that does not exist: ${name}`,
    })),
  })
  const context = asAdministrator(describeUserScramCredentials, 0, answer)
  const { results } = await answerOf(context, { users: [{ name: 'shop.app' }, { name: 'orders.nobody' }] })
  expect(context.asked.at(-1)?.request).toEqual({ users: [{ name: 'orders.shop.app' }, { name: 'orders.nobody' }] })
  expect(results).toMatchObject([
    { user: 'shop.app', errorMessage: 'Attempt to describe a user credential that does not exist: shop.app' },
    { user: 'orders.nobody', errorMessage: 'Attempt to describe a user credential that does not exist: nobody' },
  ])
})

test('SCRAM: changes are refused once for each user, whether or not there is one, and the cluster is asked for nothing', async () => {
  const context = asAdministrator(alterUserScramCredentials, 0, unasked)
  const upsertion = { mechanism: 2, iterations: 4096, salt: Buffer.alloc(8), saltedPassword: Buffer.alloc(64) }
  const upsertions = [
    { name: 'app', ...upsertion },
    { name: 'app', ...upsertion, mechanism: 1 },
    { name: 'nobody', ...upsertion },
  ]
  const { results } = await answerOf(context, { deletions: [{ name: 'orders.old', mechanism: 2 }], upsertions })
  expect(results).toMatchObject([
    { user: 'orders.old', errorMessage: expect.stringContaining('kaas delete user old --tenant orders') },
    { user: 'app', errorMessage: expect.stringContaining('kaas rotate app --tenant orders') },
    { user: 'nobody', errorMessage: expect.stringContaining('kaas rotate nobody --tenant orders') },
  ])
  expect(context.refusals).toEqual(['not-allowed'])
})

test('a request with thousands of entries gets no answer that is many times as long', async () => {
  const entries = Array.from({ length: 5000 }, () => ({ entity: [user('a')], ops: [] }))
  const answer = await answerOf(asAdministrator(alterClientQuotas, 1, unasked), { entries, validateOnly: true })
  expect(JSON.stringify(answer).length / JSON.stringify(entries).length).toBeLessThan(3)
})

test('disks have numbers in place of paths, hold the tenant’s partitions only, and tell of nobody else’s room', async () => {
  const partitions = [{ partitionIndex: 0, partitionSize: 100n, offsetLag: 0n, isFutureKey: false }]
  const sizes = { totalBytes: 1000n, usableBytes: 10n, isCordoned: true }
  const results = [
    { errorCode: 0, logDir: '/data/two', topics: [{ name: 'shop.secret', partitions }], ...sizes },
    { errorCode: 0, logDir: '/data/one', topics: [{ name: 'orders.events', partitions }], ...sizes },
    { errorCode: ERROR_CODES.KAFKA_STORAGE_ERROR, logDir: '/data/three', topics: [], ...sizes },
  ]
  const context = asAdministrator(describeLogDirs, 5, () => ({ errorCode: 0, results }))
  const asked = { topics: [{ topic: 'events', partitions: [0] }] }
  const masked = { totalBytes: -1n, usableBytes: -1n, isCordoned: false }
  expect((await answerOf(context, asked)).results).toEqual([
    { errorCode: 0, logDir: 'disk-1', topics: [{ name: 'events', partitions }], ...masked },
    { errorCode: ERROR_CODES.KAFKA_STORAGE_ERROR, logDir: 'disk-2', topics: [], ...masked },
    { errorCode: 0, logDir: 'disk-3', topics: [], ...masked },
  ])
  expect(context.asked.at(-1)?.request).toEqual({ topics: [{ topic: 'orders.events', partitions: [0] }] })
})

test('all topics on the disks are asked for by the tenant’s names, so that the broker need not list the cluster', async () => {
  const partitions = [{}, {}]
  const own = { topics: [{ name: 'orders.events', partitions }], nextCursor: { topicName: 'shop.x', partitionIndex: 0 } }
  const context = asAdministrator(describeLogDirs, 5, (api) =>
    api.key === describeTopicPartitions.key ? own : { errorCode: 0, results: [] },
  )
  await answerOf(context, { topics: null })
  expect(context.asked.at(-1)?.request).toEqual({ topics: [{ topic: 'orders.events', partitions: [0, 1] }] })
})

test('moves of partitions are the tenant’s own, by name or all', async () => {
  const partitions = [{ partitionIndex: 0, replicas: [1, 2], addingReplicas: [2], removingReplicas: [1] }]
  const topics = ['orders.events', 'shop.secret', 'orders.'].map((name) => ({ name, partitions }))
  for (const [asked, physical] of [
    [null, null],
    [[{ name: 'events', partitionIndexes: [0] }], [{ name: 'orders.events', partitionIndexes: [0] }]],
  ] as const) {
    const answer = () => ({ errorCode: 0, errorMessage: null, topics: topics.slice(0, 2) })
    const context = asAdministrator(listPartitionReassignments, 0, answer)
    expect((await answerOf(context, { timeoutMs: 1, topics: asked })).topics).toEqual([{ name: 'events', partitions }])
    expect(context.asked.at(-1)?.request).toEqual({ timeoutMs: 1, topics: physical })
  }
})

const ADMINISTRATION: readonly (readonly [Api, number, Message])[] = [
  [describeClientQuotas, 1, { components: [], strict: false }],
  [alterClientQuotas, 1, { entries: [{ entity: [user('app')], ops: [] }], validateOnly: false }],
  [describeUserScramCredentials, 0, { users: null }],
  [alterUserScramCredentials, 0, { deletions: [{ name: 'app', mechanism: 1 }], upsertions: [] }],
  [describeLogDirs, 4, { topics: null }],
  [listPartitionReassignments, 0, { timeoutMs: 1, topics: null }],
]

test.each(ADMINISTRATION)('$name is refused to who is no administrator of the tenant', async (api, version, request) => {
  const context = stepContext(api, version, (asked) => {
    if (asked.key !== describeAcls.key) throw new Error('Nothing may be asked for who is no administrator.')
    return { resources: [] }
  })
  const answer = await answerOf(context, request)
  expect(JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).toContain(
    `"errorCode":${CLUSTER_AUTHORIZATION_FAILED}`,
  )
  expect(context.refusals).toEqual(['not-allowed'])
})

const RATES = { produceBytesPerSecond: 5_000_000, consumeBytesPerSecond: 15_000_000 }

function user(entityName: string | null) {
  return { entityType: 'user', entityName }
}

function clientId(entityName: string | null) {
  return { entityType: 'client-id', entityName }
}

function unasked(): never {
  throw new Error('This asks the cluster for nothing.')
}

/** A context whose user is an administrator of the tenant; `answers` gives the rest. */
function asAdministrator(api: Api, version: number, answers: Answers): TestContext {
  return stepContext(api, version, (asked, request, isService) =>
    asked.key === describeAcls.key ? { resources: [{ acls: [ALLOWED] }] } : answers(asked, request, isService),
  )
}

async function answerOf(context: TestContext, request: Message): Promise<Message> {
  const result = await step.request?.(context, request)
  return result?.kind === 'reply' ? result.response : expect.unreachable()
}
