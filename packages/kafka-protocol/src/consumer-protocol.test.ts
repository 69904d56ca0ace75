// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAssignment, readSubscription, writeAssignment, writeSubscription } from './consumer-protocol.ts'

const partitions = fc.array(fc.record({ topic: fc.string(), partitions: fc.array(fc.nat(1000), { maxLength: 4 }) }), {
  maxLength: 4,
})
const userData = fc.option(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)))

/** As kafka-python 2.0.2 sent it in JoinGroup: version 0, one topic, no user data. */
const FROM_KAFKA_PYTHON = Buffer.from(`000000000001000d${Buffer.from('mill.orders-1').toString('hex')}00000000`, 'hex')

describe('Subscriptions inside JoinGroup', () => {
  test('of every version are the same after reading and writing', () => {
    const subscriptions = fc.record({
      version: fc.constantFrom(0, 1, 2, 3),
      topics: fc.array(fc.string(), { maxLength: 4 }),
      userData,
      ownedPartitions: partitions,
      generationId: fc.integer(),
      rackId: fc.option(fc.string()),
    })
    fc.assert(
      fc.property(subscriptions, (subscription) => {
        const bytes = writeSubscription(subscription)
        expect(writeSubscription(readSubscription(bytes))).toEqual(bytes)
        expect(readSubscription(bytes).topics).toEqual(subscription.topics)
      }),
    )
  })

  test('lose nothing but what their version cannot carry', () => {
    const full = {
      ...{ version: 3, topics: ['a', 'b'], userData: Buffer.from('u'), generationId: 4, rackId: 'r' },
      ...{ ownedPartitions: [{ topic: 'a', partitions: [1, 2] }], rest: Buffer.alloc(0) },
    }
    expect(readSubscription(writeSubscription(full))).toEqual(full)
    const old = { ...full, version: 0, ownedPartitions: [], generationId: -1, rackId: null }
    expect(readSubscription(writeSubscription({ ...full, version: 0 }))).toEqual(old)
  })

  test('of a newer version keep what follows the fields that are known', () => {
    const newer = Buffer.concat([writeSubscription({ version: 3, topics: ['a'] }), Buffer.from('later')])
    newer.writeInt16BE(7)
    const subscription = readSubscription(newer)
    expect(subscription).toMatchObject({ version: 7, topics: ['a'], rest: Buffer.from('later') })
    expect(writeSubscription(subscription)).toEqual(newer)
  })

  test('as an old client sends them are understood', () => {
    expect(readSubscription(FROM_KAFKA_PYTHON)).toMatchObject({ version: 0, topics: ['mill.orders-1'] })
    expect(writeSubscription(readSubscription(FROM_KAFKA_PYTHON))).toEqual(FROM_KAFKA_PYTHON)
  })
})

describe('Assignments inside SyncGroup', () => {
  test('are the same after reading and writing', () => {
    fc.assert(
      fc.property(partitions, userData, (assignedPartitions, userData) => {
        const bytes = writeAssignment({ version: 1, assignedPartitions, userData })
        expect(writeAssignment(readAssignment(bytes))).toEqual(bytes)
        expect(readAssignment(bytes)).toMatchObject({ version: 1, assignedPartitions, userData })
      }),
    )
  })

  test('that are cut short are corrupt', () => {
    const bytes = writeAssignment({ version: 1, assignedPartitions: [{ topic: 'a', partitions: [1] }], userData: null })
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readAssignment(bytes.subarray(0, length))).toThrow(KaasError)
    }
  })
})
