// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { expect, test } from 'vitest'
import { brokersOf } from './cluster-views.ts'
import { platformHealth } from './platform-health.ts'

test('a part that fails or hangs is unknown with the reason, and the others are told', async () => {
  const well = { name: 'database', state: 'well', message: 'Answers.' } as const
  const { parts } = await platformHealth(
    [
      { name: 'database', read: async () => [well] },
      { name: 'git', read: () => Promise.reject(new KaasError('git-unavailable', { message: 'It is away.' })) },
      { name: 'audit export', read: () => new Promise(() => {}) },
    ],
    '1',
  )
  expect(parts).toEqual([
    well,
    { name: 'git', state: 'unknown', message: 'It is away.' },
    { name: 'audit export', state: 'unknown', message: 'It did not say anything in 3 s.' },
  ])
})

test('a broker that went is shown with what it should hold, and leaders with what lags', () => {
  const place = (id: number, leader: number | undefined, inSync: readonly number[]) => ({
    id,
    leader,
    replicas: [0, 1],
    inSync,
  })
  const topic = {
    name: 'orders.a',
    topicId: '',
    internal: false,
    partitions: [place(0, 0, [0]), place(1, 0, [0, 1]), place(2, undefined, [])],
  }
  const broker = { host: 'h', port: 1, rack: null, fenced: false }
  const cluster = {
    clusterId: 'c',
    brokers: [
      { ...broker, nodeId: 0 },
      { ...broker, nodeId: 1, fenced: true },
    ],
  }
  const logs = [
    { nodeId: 0, replicas: [{ topic: 'orders.a', partition: 0, bytes: 7 }] },
    { nodeId: 1, replicas: [], problem: new KaasError('kafka-unavailable', { message: 'away' }) },
  ]
  expect(brokersOf(cluster, 0, [topic], logs)).toEqual([
    { id: 0, host: 'h', port: 1, controller: true, partitions: 3, leaders: 2, underReplicated: 1, bytes: 7 },
    { id: 1, host: 'h', port: 1, controller: false, partitions: 3, leaders: 0, underReplicated: 0 },
  ])
})
