// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { condition, seen } from '../../test/seen-objects.ts'
import { kafkaJudgement, kafkaObjectsJudgement } from './kafka-steps.ts'

const TIMEOUT = 'Exceeded timeout of 300000ms while waiting for Pods resource shop-a-100 in namespace kaas-shop to be ready'
const STORAGE = 'A Kafka cluster with a single broker node and ephemeral storage will lose topic messages after any restart.'

test.each([
  ['no status, which Flux alone would call ready', undefined, 'running', 'NotObserved'],
  [
    'its first status, which has no generation',
    { conditions: [notReady('Creating', 'Kafka cluster is being deployed')] },
    'running',
    'Creating',
  ],
  ['Ready', { observedGeneration: 2, conditions: [condition('Ready', 'True')] }, 'done', 'Ready'],
  [
    'Ready of the generation before',
    { observedGeneration: 1, conditions: [condition('Ready', 'True')] },
    'running',
    'NotObserved',
  ],
  ['Ready that never saw a generation', { conditions: [condition('Ready', 'True')] }, 'running', 'NotObserved'],
  [
    'a time-out',
    { observedGeneration: 2, conditions: [notReady('TimeoutException', TIMEOUT)] },
    'failed',
    'TimeoutException',
  ],
  [
    'a failure of the generation before',
    { observedGeneration: 1, conditions: [notReady('TimeoutException', TIMEOUT)] },
    'running',
    'NotObserved',
  ],
  [
    'a spec that cannot be',
    { observedGeneration: 2, conditions: [notReady('InvalidResourceException', 'x')] },
    'failed',
    'InvalidResourceException',
  ],
  [
    'a pause by a person',
    { observedGeneration: 2, conditions: [condition('ReconciliationPaused', 'True')] },
    'failed',
    'ReconciliationPaused',
  ],
])('a Kafka with %s', (_, status, state, reason) => {
  const kafka = seen('Kafka', 'shop', { generation: 2, ...(status === undefined ? {} : { status }) })
  expect(kafkaJudgement(kafka, 'Kafka shop')).toMatchObject({ state, reason })
})

test('a Kafka that is not there waits, and one that goes says what holds it', () => {
  expect(kafkaJudgement(undefined, 'Kafka shop')).toMatchObject({
    state: 'waiting',
    message: 'Kafka shop does not exist yet.',
  })
  const going = seen('Kafka', 'shop', {
    metadata: { deletionTimestamp: '2026-11-21T07:01:00Z', finalizers: ['foregroundDeletion'] },
  })
  expect(kafkaJudgement(going, '')).toMatchObject({
    state: 'running',
    reason: 'Deleting',
    message: expect.stringContaining('foregroundDeletion'),
  })
})

test('warnings of the operator are shown though Kafka is ready', () => {
  const conditions = [condition('Warning', 'True', 'KafkaStorage', STORAGE), condition('Ready', 'True')]
  const kafka = seen('Kafka', 'shop', { status: { observedGeneration: 1, conditions } })
  expect(kafkaJudgement(kafka, '')).toMatchObject({
    state: 'done',
    message: expect.stringContaining(`Warning KafkaStorage: ${STORAGE}`),
  })
})

test.each([
  [
    'refused by Kafka',
    { conditions: [condition('Ready', 'False', 'KafkaError', 'InvalidReplicationFactorException')] },
    'failed',
    'KafkaError',
  ],
  [
    'fewer partitions',
    { conditions: [condition('Ready', 'False', 'NotSupported', 'Decreasing partitions not supported')] },
    'failed',
    'NotSupported',
  ],
  ['no managing', { conditions: [condition('Unmanaged', 'True')] }, 'failed', 'Unmanaged'],
  ['ready', { conditions: [condition('Ready', 'True')] }, 'done', 'Ready'],
])('a KafkaTopic with %s', (_, status, state, reason) => {
  const topic = seen('KafkaTopic', 'orders', { status: { observedGeneration: 1, ...status } })
  expect(kafkaJudgement(topic, '')).toMatchObject({ state, reason })
})

test('of many topics and users the first that fails is named, with how many are open', () => {
  const status = { observedGeneration: 1, conditions: [condition('Ready', 'True')] }
  const failing = { observedGeneration: 1, conditions: [condition('Ready', 'False', 'KafkaError', 'no')] }
  const objects = [
    seen('KafkaTopic', 'a', { status }),
    seen('KafkaUser', 'shop.app'),
    seen('KafkaTopic', 'b', { status: failing }),
  ]
  const judgement = kafkaObjectsJudgement(objects)
  expect(judgement).toMatchObject({
    state: 'failed',
    reason: 'KafkaError',
    message: '2 of 3 are not ready. KafkaTopic b: no',
  })
  expect(kafkaObjectsJudgement([seen('KafkaTopic', 'a', { status })])).toMatchObject({ state: 'done' })
})

function notReady(reason: string, message: string): object {
  return condition('NotReady', 'True', reason, message)
}
