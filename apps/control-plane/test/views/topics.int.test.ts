// SPDX-License-Identifier: Apache-2.0
/** Topics and groups as Kafka has them, through the API, with real clients in the groups. */
import { describeKind } from '@kaas/http-contract'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startViewPlatform, type ViewPlatform } from './view-platform.ts'

let platform: ViewPlatform

beforeAll(async () => {
  platform = await startViewPlatform()
  await platform.tenant('orders')
  await platform.tenant('shop')
  await platform.topic('orders', 'payments', 3)
  await platform.topic('shop', 'carts')
  await platform.admin.createTopic({
    name: 'orders.made-by-client',
    partitions: 1,
    configs: { 'retention.ms': '2419200000' },
  })
  await platform.produce('orders.payments', 30, 3, 1000)
})

afterAll(() => platform?.stop())

test('a tenant sees her topics and nobody else’s, also those that no document describes, with what they hold', async () => {
  const page = await platform.client.listKafkaTopics('orders', { sort: '-records' })
  expect(page.problem).toBeUndefined()
  expect(page.items).toMatchObject([
    { name: 'payments', partitions: 3, replicationFactor: 1, underReplicated: 0, documented: true, records: 30 },
    { name: 'made-by-client', partitions: 1, documented: false, records: 0, bytes: 0 },
  ])
  expect(page.items[0]?.bytes).toBeGreaterThan(20_000)
  const foreign = await platform.client.listKafkaTopics('orders', { filter: 'documented=false,partitions<3', limit: 1 })
  expect(foreign).toMatchObject({ total: 1, items: [{ name: 'made-by-client' }] })
  await expect(platform.client.listKafkaTopics('nobody')).rejects.toMatchObject({ code: 'resource-absent' })
})

test('a topic that was just made or deleted shows at the next look', async () => {
  await platform.admin.createTopic({ name: 'orders.new', partitions: 1, configs: {} })
  const names = async () => (await platform.client.listKafkaTopics('orders')).items.map(({ name }) => name)
  await waitFor(async () => (await names()).includes('new'), { what: 'the new topic', timeoutMs: 5_000 })
  await platform.admin.deleteTopics(['orders.new'])
  await waitFor(async () => !(await names()).includes('new'), { what: 'the topic to be gone', timeoutMs: 5_000 })
})

test('partitions tell leader, replicas, both ends and bytes', async () => {
  const { partitions, problem } = await platform.client.topicPartitions('orders', 'payments')
  expect(problem).toBeUndefined()
  expect(partitions).toMatchObject(
    [0, 1, 2].map((id) => ({ id, leader: 0, replicas: [0], inSync: [0], earliest: '0', latest: '10' })),
  )
  expect(partitions[0]?.bytes).toBeGreaterThan(5_000)
  await expect(platform.client.topicPartitions('orders', '../shop.carts')).rejects.toMatchObject({ code: 'resource-absent' })
  await expect(platform.client.topicPartitions('shop', 'payments')).rejects.toMatchObject({ code: 'resource-absent' })
})

test('settings are said as people say them, and only what the topic itself changes counts as different', async () => {
  const settings = await platform.client.topicSettings('orders', 'made-by-client')
  expect(settings.find(({ name }) => name === 'retention.ms')).toEqual({
    name: 'retention.ms',
    value: '2419200000',
    meaning: '4 weeks',
    source: 'topic',
    differs: true,
    inherited: '604800000',
    description: 'How long records are kept before they are deleted.',
  })
  expect(settings.filter(({ differs }) => differs).map(({ name }) => name)).toEqual(['retention.ms'])
  expect(settings.find(({ name }) => name === 'retention.bytes')).toMatchObject({ meaning: 'unlimited', source: 'default' })
  const undescribed = settings.filter(({ description }) => description === undefined).map(({ name }) => name)
  expect(undescribed).toEqual(['follower.replication.throttled.replicas', 'leader.replication.throttled.replicas'])
})

const HOSTILE = 'readers/../<script>alert(1)</script> über,%2f'

test.each(['classic', 'consumer'] as const)(
  'a %s group with an odd name is listed, read whole, refused while active, previewed, moved, audited and deleted',
  async (protocol) => {
    const { client } = platform
    const group = `${protocol}-${HOSTILE.replace(' ', '_')}`
    const member = await platform.join(`orders.${group}`, 'orders.payments', protocol)
    const active = await waitFor(
      async () => {
        const found = await client.group('orders', group)
        return found.members.some(({ assigned }) => assigned.length > 0) ? found : undefined
      },
      { what: 'the member', timeoutMs: 20_000 },
    )
    expect(active).toMatchObject({ group, type: protocol, state: 'Stable', members: [{ clientId: 'test' }] })
    expect(active.offsets.map(({ topic, partition }) => [topic, partition])).toEqual([0, 1, 2].map((id) => ['payments', id]))
    expect(active.offsets[0]?.member).toBe(active.members[0]?.id)

    const topics = [{ topic: 'payments' }]
    await expect(client.resetOffsets('orders', group, { to: { kind: 'earliest' }, topics }, false)).rejects.toMatchObject({
      code: 'resource-in-use',
      message: expect.stringContaining('1 member'),
    })
    await expect(client.deleteGroup('orders', group)).rejects.toMatchObject({ code: 'resource-in-use' })
    await member.leave()
    await waitFor(async () => (await client.group('orders', group)).members.length === 0, { what: 'no member' })

    const preview = await client.resetOffsets('orders', group, { to: { kind: 'offset', offset: '99' }, topics }, true)
    expect(preview).toMatchObject({ dryRun: true })
    expect(preview.offsets[0]).toMatchObject({ topic: 'payments', partition: 0, after: '10', lagAfter: '0' })
    expect(preview.offsets[0]?.note).toMatch(/not written yet/)
    expect((await client.group('orders', group)).offsets).toEqual([])

    await client.resetOffsets('orders', group, { to: { kind: 'offset', offset: '4' }, topics }, false)
    const moved = await client.resetOffsets('orders', group, { to: { kind: 'shift', by: '-1' } }, false)
    expect(moved.offsets.map(({ before, after, lagAfter }) => [before, after, lagAfter])).toEqual(
      [0, 1, 2].map(() => ['4', '3', '7']),
    )
    const listed = await client.listGroups('orders', { filter: `group~${protocol}-readers,lag>0` })
    expect(listed.items).toEqual([{ group, type: protocol, state: 'Empty', members: 0, topics: 1, lag: '21' }])
    expect((await client.topicGroups('orders', 'payments')).items).toContainEqual({
      group,
      state: 'Empty',
      members: 0,
      lag: '21',
    })
    const audit = await client.audit({ subject: `/v1/tenants/orders/groups/${encodeURIComponent(group)}` })
    expect(audit.items[0]).toMatchObject({ data: { action: 'reset-offsets' } })

    await client.deleteGroup('orders', group)
    await expect(client.group('orders', group)).rejects.toMatchObject({ code: 'resource-absent' })
    expect((await client.listGroups('orders', { filter: `group~${protocol}-readers` })).items).toEqual([])
  },
)

test('a reset to a time, to another group and of one partition goes where it says and nowhere else', async () => {
  const { client, admin } = platform
  const at = (offset: bigint, partition: number) => ({ topic: 'orders.payments', partition, offset })
  await admin.alterGroupOffsets({ groupId: 'orders.first', type: 'classic' }, [at(2n, 0), at(5n, 1)])
  await admin.alterGroupOffsets({ groupId: 'orders.second', type: 'classic' }, [at(9n, 0), at(9n, 1), at(9n, 2)])
  const reset = (to: Parameters<typeof client.resetOffsets>[2]['to'], dryRun = false) =>
    client.resetOffsets('orders', 'second', { to }, dryRun)
  expect((await reset({ kind: 'time', time: '2001-01-01T00:00:00Z' }, true)).offsets.map(({ after }) => after)).toEqual([
    '0',
    '0',
    '0',
  ])
  expect((await reset({ kind: 'time', time: '2101-01-01T00:00:00Z' }, true)).offsets[0]?.note).toMatch(/at the end/)
  expect((await reset({ kind: 'group', group: 'first' })).offsets.map(({ after }) => after)).toEqual(['2', '5'])
  const one = { to: { kind: 'latest' }, topics: [{ topic: 'payments', partitions: [2] }] } as const
  await client.resetOffsets('orders', 'second', { ...one, topics: [{ topic: 'payments', partitions: [2] }] }, false)
  expect((await client.group('orders', 'second')).offsets.map(({ committed }) => committed)).toEqual(['2', '5', '10'])
  await expect(reset({ kind: 'time', time: 'tomorrow' }, true)).rejects.toMatchObject({ code: 'usage-invalid' })
  await expect(reset({ kind: 'group', group: 'nobody' }, true)).rejects.toMatchObject({ code: 'resource-absent' })
  const missing = { to: { kind: 'latest' } as const, topics: [{ topic: 'payments', partitions: [7] }] }
  await expect(client.resetOffsets('orders', 'second', missing, true)).rejects.toMatchObject({ code: 'resource-absent' })
  await expect(client.resetOffsets('shop', 'second', { to: { kind: 'latest' } }, true)).rejects.toMatchObject({
    code: 'resource-absent',
  })
})

test('a topic of another tenant is listed with its owner, and read and written as far as it is shared, until it is not', async () => {
  const { client } = platform
  const share = { kind: describeKind('TopicShare'), tenant: 'orders', name: 'to-shop' }
  const give = (access: string) => {
    const spec = { topic: 'payments', with: 'shop', as: 'their-payments', access }
    return client.put(share, {
      apiVersion: 'kaas.dev/v1',
      kind: 'TopicShare',
      metadata: { name: 'to-shop', tenant: 'orders' },
      spec,
    })
  }
  const listed = async (access: string) => {
    const { items } = await client.listKafkaTopics('shop', { filter: 'shared=true' })
    return items[0]?.sharedBy?.access === access ? items : undefined
  }
  const topic = { tenant: 'shop', topic: 'their-payments' }
  const read = async () => {
    let found = 0
    for await (const { kind } of client.browseMessages(topic, { from: 'earliest', limit: 5 }))
      found += Number(kind === 'message')
    return found
  }
  const write = () => client.produceMessages(topic, { records: [{ value: { encoding: 'text', data: 'from the shop' } }] })

  await give('read')
  const sharedBy = { tenant: 'orders', topic: 'payments', access: 'read' }
  const items = await waitFor(() => listed('read'), { what: 'the shared topic', timeoutMs: 20_000 })
  expect(items).toMatchObject([{ name: 'their-payments', tenant: 'shop', partitions: 3, documented: false, sharedBy }])
  expect((await client.listKafkaTopics('orders', { filter: 'shared=true' })).total).toBe(0)
  expect(await client.topicPartitions('shop', 'their-payments')).toMatchObject({
    sharedBy,
    partitions: [{ latest: '10' }, {}, {}],
  })
  expect(await read()).toBe(5)
  await expect(write()).rejects.toMatchObject({ code: 'not-allowed', message: expect.stringContaining('only to be read') })
  await expect(client.topicSettings('shop', 'their-payments')).rejects.toMatchObject({ code: 'resource-absent' })

  await give('write')
  await waitFor(() => listed('write'), { what: 'the other right', timeoutMs: 20_000 })
  await expect(read()).rejects.toMatchObject({ code: 'not-allowed', message: expect.stringContaining('only to be written') })
  await expect(client.readMessage(topic, 0, 0)).rejects.toMatchObject({ code: 'not-allowed' })
  const [written] = (await write()).items
  const there = await client.readMessage(
    { tenant: 'orders', topic: 'payments' },
    written?.partition ?? -1,
    written?.offset ?? -1,
  )
  expect(there.value?.text).toBe('from the shop')

  await client.delete(share)
  await expect(write()).rejects.toMatchObject({ code: 'resource-absent' })
})
