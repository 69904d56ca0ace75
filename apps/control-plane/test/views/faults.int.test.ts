// SPDX-License-Identifier: Apache-2.0
/** Clusters that freeze, and resets that race with consumers: what is told, how soon, and what it costs the others. */
import { type Kafka, quickOnce, startKafka, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clusterDocument, startViewPlatform, type ViewPlatform } from './view-platform.ts'

/** Two clusters, on a machine that others use as well. */
const SLOW_START_MS = 240_000

let platform: ViewPlatform
let second: Kafka

beforeAll(async () => {
  second = await startKafka()
  platform = await startViewPlatform({ more: [clusterDocument('other', second)] })
  await platform.tenant('orders')
  await platform.tenant('frozen', 'other')
  await platform.topic('orders', 'payments', 1)
  await platform.topic('frozen', 'events', 1)
  await platform.produce('orders.payments', 1000)
}, SLOW_START_MS)

afterAll(async () => {
  await platform?.stop()
  await second?.kill('SIGCONT')
  await second?.stop()
})

test('Kafka has the last word when a consumer comes between the look and the reset: either it is refused or it holds', async () => {
  const { client, admin } = platform
  const outcomes = { refused: 0, moved: 0 }
  for (let round = 0; round < 6; round += 1) {
    const group = `race-${round}`
    await admin.alterGroupOffsets({ groupId: `orders.${group}`, type: 'classic' }, [
      { topic: 'orders.payments', partition: 0, offset: 500n },
    ])
    const joining = platform.join(`orders.${group}`, 'orders.payments')
    // Resets go on while the member joins, until one is refused.
    for (;;) {
      const failure = await client
        .resetOffsets('orders', group, { to: { kind: 'offset', offset: '7' } }, false)
        .catch((error) => error)
      if (failure instanceof Error) {
        expect(failure).toMatchObject({ code: 'resource-in-use' })
        outcomes.refused += 1
        break
      }
      outcomes.moved += 1
    }
    const committed = (await client.group('orders', group)).offsets[0]?.committed
    expect(outcomes.moved > 0 ? ['7', '500'] : ['500']).toContain(committed)
    await (await joining).leave()
  }
  expect(outcomes.refused).toBe(6)
})

test('a frozen cluster delays its own rows only, keeps what was known, says why, and comes back by itself', async () => {
  const { client } = platform
  expect((await client.listKafkaTopics('frozen')).items).toMatchObject([{ name: 'events' }])
  await client.clusterViews()
  process.kill(second.pid ?? 0, 'SIGSTOP')
  const problem = await waitFor(async () => (await client.listKafkaTopics('frozen')).problem, {
    what: 'the problem to be told',
    pollMs: 300,
  })
  expect(['kafka-timeout', 'kafka-unavailable']).toContain(problem.code)
  expect((await client.listKafkaTopics('frozen')).items).toMatchObject([{ name: 'events' }])

  const askTwice = async () => {
    expect((await client.listKafkaTopics('orders')).problem).toBeUndefined()
    await client.topicPartitions('orders', 'payments')
  }
  await quickOnce(2_000, () => Promise.all(Array.from({ length: 20 }, askTwice)))
  await quickOnce(5_000, async () => {
    const clusters = await client.clusterViews()
    expect(clusters.map(({ cluster, problem: why }) => [cluster, why === undefined])).toEqual([
      ['main', true],
      ['other', false],
    ])
  })
  process.kill(second.pid ?? 0, 'SIGCONT')
  await waitFor(async () => (await client.listKafkaTopics('frozen')).problem === undefined, {
    what: 'the cluster to be told as well again',
    pollMs: 300,
  })
})
