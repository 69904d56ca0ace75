// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { isReady } from '../../data/ready.ts'
import { readyAfterMs, stepsOf } from './steps-view.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 8, 0, seconds)).toISOString()
const metadata = { name: 'orders', labels: {}, annotations: {}, uid: 'u', generation: 1, createdAt: at(0), updatedAt: at(0) }
const condition = (type: 'Accepted' | 'Planned' | 'Provisioned' | 'Ready', status: 'True' | 'False', since: number) => ({
  type,
  status,
  reason: type,
  message: `${type}.`,
  since: at(since),
})
const READY = [
  condition('Accepted', 'True', 1),
  condition('Planned', 'True', 1),
  condition('Provisioned', 'True', 3),
  condition('Ready', 'True', 4),
]

test('a virtual tenant shows its conditions as steps, each with the time it took', () => {
  const resource = { metadata, status: { conditions: READY, observedGeneration: 1, observed: {} } }
  expect(stepsOf(resource).map(({ title, state, tookMs }) => [title, state, tookMs])).toEqual([
    ['Order accepted', 'done', 1000],
    ['Place found', 'done', 0],
    ['Kafka prepared', 'done', 2000],
    ['Ready to connect', 'done', 1000],
  ])
  expect(readyAfterMs(resource)).toBe(4000)
  expect(isReady(resource)).toBe(true)
})

test('a tenant with Kafka of its own shows the steps that are reported, and what runs now has no time yet', () => {
  const steps = [
    { name: 'git', state: 'done', reason: 'Written', message: 'Commit abc.', since: at(2) },
    { name: 'kafka', state: 'running', reason: 'Creating', message: '1 of 3 brokers are ready.', since: at(2) },
    { name: 'a-step-of-tomorrow', state: 'waiting', reason: '', message: '' },
  ]
  const resource = { metadata, status: { conditions: [], observedGeneration: 1, observed: { steps } } }
  expect(stepsOf(resource).map(({ title, state, tookMs }) => [title, state, tookMs])).toEqual([
    ['Written to Git', 'done', 2000],
    ['Kafka', 'running', undefined],
    ['a-step-of-tomorrow', 'waiting', undefined],
  ])
})

test('a change that is not seen yet is not ready, though the old order was', () => {
  const resource = {
    metadata: { ...metadata, generation: 2 },
    status: { conditions: READY, observedGeneration: 1, observed: {} },
  }
  expect(isReady(resource)).toBe(false)
  expect(readyAfterMs(resource)).toBeUndefined()
})

test('without a status there are no steps yet', () => {
  expect(stepsOf({ metadata })).toEqual([])
  expect(isReady({ metadata })).toBe(false)
})
