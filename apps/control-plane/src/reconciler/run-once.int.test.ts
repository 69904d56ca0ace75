// SPDX-License-Identifier: Apache-2.0
/**
 * Runs that are killed. Each run here does one action and ends, as if its process died right after; the next begins with fresh memory and
 * believes only what it sees. Real Kafka, real store.
 */

import { physicalName } from '@kaas/domain'
import type { ResourceKey } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../../test/platform.ts'
import { ClusterSurvey, describeNames } from '../kafka/cluster-survey.ts'
import { KafkaClusters } from '../kafka/kafka-clusters.ts'
import { Placements } from '../tenants/placements.ts'
import { type RunOutcome, runOnce } from './run-once.ts'

let platform: Platform

beforeAll(async () => {
  platform = await startPlatform()
  await platform.saveCluster()
  await untilSettled({ kind: 'KafkaCluster', name: 'main' })
})

afterAll(() => platform?.stop())

test('a tenant with topic and user is built one killed run at a time', async () => {
  await platform.saveTenant('orders')
  await platform.saveTopic('orders', 'payments', { partitions: 2 })
  const password = await platform.saveUser('orders', 'app', { roles: ['admin'] })
  expect(await untilSettled({ kind: 'Tenant', name: 'orders' })).toEqual(['claimPrefix', 'announceTenant'])
  expect(await untilSettled({ kind: 'Topic', tenant: 'orders', name: 'payments' })).toEqual(['createTopic'])
  expect(await untilSettled({ kind: 'User', tenant: 'orders', name: 'app' })).toEqual([
    'alterQuotas',
    'alterAcls',
    'setCredentials',
  ])
  const user = await platform.load({ kind: 'User', tenant: 'orders', name: 'app' })
  expect(user?.status?.conditions.at(-1)?.status).toBe('True')
  expect(password).not.toBe('')
})

test('what an earlier run reported is not believed: with all of it undone in Kafka, the next runs build it again', async () => {
  const { admin } = platform
  const username = physicalName('orders', 'app')
  await admin.deleteTopics([physicalName('orders', 'payments')])
  await admin.deleteAcls([{ principal: `User:${username}` }])
  await admin.deleteScramCredentials([{ user: username, mechanism: 'SCRAM-SHA-512' }])
  await admin.alterQuotas(username, { set: {}, remove: ['producer_byte_rate', 'consumer_byte_rate'] })
  expect(await untilSettled({ kind: 'Topic', tenant: 'orders', name: 'payments' })).toEqual(['createTopic'])
  expect(await untilSettled({ kind: 'User', tenant: 'orders', name: 'app' })).toEqual([
    'alterQuotas',
    'alterAcls',
    'setCredentials',
  ])
  expect((await admin.describeTopics([physicalName('orders', 'payments')]))[0]?.partitions).toBe(2)
})

test('the removal of a tenant, killed after every action, still leaves nothing', async () => {
  await platform.admin.createTopic({ name: 'orders.made-by-app', partitions: 1, configs: {} })
  await platform.remove({ kind: 'Tenant', name: 'orders' })
  const topic = { kind: 'Topic', tenant: 'orders', name: 'payments' } as const
  expect((await killedRun(topic)).kind, 'a topic waits for the users').toBe('settled')
  expect((await killedRun({ kind: 'Tenant', name: 'orders' })).kind, 'so does the tenant').toBe('settled')
  await untilSettled({ kind: 'User', tenant: 'orders', name: 'app' })
  await untilSettled(topic)
  await untilSettled({ kind: 'Tenant', name: 'orders' })
  expect(await platform.load({ kind: 'Tenant', name: 'orders' })).toBeUndefined()
  expect(describeNames(await new ClusterSurvey(platform.admin).namesWith('orders.', 0)).count).toBe(0)
})

test('a run that is told to stop does not act any more', async () => {
  await platform.saveTenant('stopped')
  const outcome = await withFreshMemory((parts) =>
    runOnce(parts, { kind: 'Tenant', name: 'stopped' }, { signal: AbortSignal.abort() }),
  )
  expect(outcome.kind).toBe('unfinished')
  expect((await platform.load({ kind: 'Tenant', name: 'stopped' }))?.status).toBeUndefined()
})

/** Runs with one action each until nothing is left to do; returns the actions in their order. */
async function untilSettled(key: ResourceKey): Promise<readonly unknown[]> {
  acted.length = 0
  for (let runs = 0; runs < 30; runs++) {
    const outcome = await killedRun(key)
    if (outcome.kind === 'settled' || outcome.kind === 'gone') return [...acted]
    if (outcome.kind === 'failed') throw outcome.error
  }
  throw new Error('The runs do not come to an end.')
}

/** The log of the runs, of which only the actions are kept. */
const acted: unknown[] = []
const log: Log = {
  debug: ({ action }) => acted.push(action),
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => log,
}

function killedRun(key: ResourceKey): Promise<RunOutcome> {
  return withFreshMemory((parts) => runOnce(parts, key, { maxActions: 1 }))
}

async function withFreshMemory<T>(work: (parts: Parameters<typeof runOnce>[0]) => Promise<T>): Promise<T> {
  const { store } = platform
  const clusters = new KafkaClusters({ placesPerCluster: 4, callTimeoutMs: 5_000 })
  try {
    return await work({
      store,
      log,
      clusters,
      placements: new Placements(store),
      now: () => new Date(),
      published: async () => {},
    })
  } finally {
    await clusters.close()
  }
}
