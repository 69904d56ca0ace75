// SPDX-License-Identifier: Apache-2.0

import { kafkaClusterSchema } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import { conditionsFrom, settled } from '../conditions.ts'
import { actionForKafkaCluster } from './action-for-kafka-cluster.ts'
import type { FoundCluster, KafkaClusterObservation } from './observe-kafka-cluster.ts'
import { reportOfKafkaCluster } from './report-of-kafka-cluster.ts'
import { stateOfKafkaCluster } from './state-of-kafka-cluster.ts'

const broker = (nodeId: number, fenced = false) => ({ nodeId, host: 'kafka', port: 9092, rack: null, fenced })
const found: FoundCluster = { clusterId: 'id', release: '4.3', brokers: [broker(0), broker(1)], replicationFactor: 2 }
const error = new KaasError('kafka-unavailable', { message: 'Nobody answers.' })

function cluster(brokersSeen?: number): StoredResource<'KafkaCluster'> {
  const observed = { ...found, brokers: found.brokers.slice(0, brokersSeen) }
  const status = { conditions: conditionsFrom(settled('Well.'), [], new Date(0)), observedGeneration: 1, observed }
  return {
    kind: 'KafkaCluster',
    name: 'main',
    uid: 'u',
    generation: 1,
    spec: kafkaClusterSchema.shape.spec.parse({ bootstrapServers: ['kafka:9092'] }),
    labels: {},
    annotations: {},
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...(brokersSeen === undefined ? {} : { status }),
  }
}

function observation(
  of: StoredResource<'KafkaCluster'>,
  contact: KafkaClusterObservation['contact'],
  tenants: readonly string[] = [],
): KafkaClusterObservation {
  return { cluster: of, tenants, contact }
}

const reached = { kind: 'reached', found, unguarded: [] } as const

test.each<[string, KafkaClusterObservation, string, string | undefined]>([
  ['is seen for the first time', observation(cluster(), reached), 'Found', 'announceCluster'],
  ['has another number of brokers', observation(cluster(1), reached), 'Found', 'announceCluster'],
  ['is as it was', observation(cluster(2), reached), 'Ready', undefined],
  [
    'lacks the guard of its users',
    observation(cluster(2), { ...reached, unguarded: ['SCRAM-SHA-256'] }),
    'Unguarded',
    'guardScramUsers',
  ],
  ['was there and is away', observation(cluster(2), { kind: 'away', error }), 'Lost', 'announceLoss'],
  ['was never there', observation(cluster(), { kind: 'away', error }), 'Away', undefined],
  ['is deleted and in use', observation(cluster(2), { kind: 'unasked' }, ['orders']), 'InUse', undefined],
  ['is deleted and free', observation(cluster(2), { kind: 'unasked' }), 'Gone', 'removeCluster'],
])('a cluster that %s', (_, seen, state, action) => {
  const named = stateOfKafkaCluster(seen)
  expect([named.kind, actionForKafkaCluster(named)?.kind]).toEqual([state, action])
})

test('addresses of a cluster that is away stay known, for gateways still need them', () => {
  const seen = observation(cluster(2), { kind: 'away', error })
  const report = reportOfKafkaCluster(seen, stateOfKafkaCluster(seen))
  expect(report.observed.brokers).toHaveLength(2)
  expect(report.verdict.Ready).toMatchObject({ status: 'Unknown', reason: 'KafkaUnavailable' })
})

test('the condition tells release and how many brokers run', () => {
  const some = { ...found, brokers: [broker(0), broker(1, true)] }
  expect(stateOfKafkaCluster(observation(cluster(2), { ...reached, found: some })).reason).toBe(
    'Kafka 4.3, 1 of 2 brokers run.',
  )
})
