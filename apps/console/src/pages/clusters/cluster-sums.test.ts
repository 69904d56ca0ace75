// SPDX-License-Identifier: Apache-2.0
import type { ClusterView } from '@kaas/http-contract'
import { expect, test } from 'vitest'
import { highestShare, sumsOf } from './cluster-sums.ts'

const BROKER = { host: 'a', port: 1, controller: false, partitions: 30, leaders: 10, underReplicated: 1 }
const CLUSTER: ClusterView = {
  cluster: 'main',
  tenants: 2,
  brokers: [
    { ...BROKER, id: 0, bytes: 5 },
    { ...BROKER, id: 1, bytes: 7 },
  ],
  capacity: [
    { what: 'produce', unit: 'B/s', used: 10, capacity: 100 },
    { what: 'partitions', unit: '1', used: 90, capacity: 100 },
    { what: 'connections', unit: '1', used: 1000 },
  ],
}

test('partitions are counted once by their leaders, and the fullest capacity is named', () => {
  expect(sumsOf(CLUSTER)).toEqual({ replicas: 60, partitions: 20, underReplicated: 2, bytes: 12 })
  expect(highestShare(CLUSTER)).toEqual({ what: 'partitions', share: 0.9 })
})

test('what a broker does not tell is not summed up to less, and no capacity has no share', () => {
  const [first] = CLUSTER.brokers
  expect(sumsOf({ ...CLUSTER, brokers: first === undefined ? [] : [first, { ...BROKER, id: 2 }] }).bytes).toBeUndefined()
  expect(highestShare({ ...CLUSTER, capacity: [] })).toBeUndefined()
})
