// SPDX-License-Identifier: Apache-2.0
/** The whole answer, as `POST /v1/plan` gives it. */
import { parseWorkload, planSchema } from '@kaas/domain'
import { expect, it } from 'vitest'
import { MSK_US_EAST_1 } from './catalogue.ts'
import { takenBy } from './plan-shared.ts'
import { planWorkload } from './plan-workload.ts'
import { ECONOMY } from './profiles.ts'

const ORDERS = parseWorkload({ produce: '5MB/s', consume: '15MB/s', retention: '7d' })

it('names the place on every shared cluster and the own cluster with its cost, and fits its schema [R147]', () => {
  const capacity = {
    produceBytesPerSecond: 2e8,
    consumeBytesPerSecond: 6e8,
    partitions: 4000,
    diskBytes: 1e14,
    connections: 5000,
  }
  const cluster = { name: 'shared', brokers: 3, replicationFactor: 3, capacity, taken: takenBy([], 3) }
  const plan = planWorkload(ORDERS, [cluster], MSK_US_EAST_1, ECONOMY)
  expect(planSchema.parse(plan)).toEqual(plan)
  expect(plan.shared).toMatchObject([{ kind: 'fits', cluster: 'shared', binding: 'disk space' }])
  expect(plan.dedicated).toMatchObject({
    kind: 'fits',
    brokers: 3,
    binding: 'replication',
    broker: { instance: 'm7g.xlarge' },
    cost: { instances: 893.52, diskThroughput: 0 },
  })
})

it('answers without any shared cluster', () => {
  expect(planWorkload(ORDERS, [], MSK_US_EAST_1, ECONOMY).shared).toEqual([])
})
