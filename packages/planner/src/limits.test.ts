// SPDX-License-Identifier: Apache-2.0
/** Limits: stated ones are kept, the others follow from the rate by a published ratio. */
import { planLimitsSchema } from '@kaas/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitsFor, quotaPerBroker, virtualLimitsFor } from './limits.ts'

const DAY_MS = 86_400_000
const MIB = 1024 ** 2

describe('limits of a workload', () => {
  it('of 50 MiB/s are those of a standard size: 1500 partitions, 9000 connections (Red Hat fleet manager)', () => {
    const workload = { produceBytesPerSecond: 50 * MIB, consumeBytesPerSecond: 100 * MIB, retentionMs: DAY_MS }
    expect(limitsFor(workload)).toMatchObject({ partitions: 1500, connections: 9000, users: 100 })
  })

  it('of a trickle are those of the developer size: 100 partitions, 100 connections', () => {
    const workload = { produceBytesPerSecond: 1000, consumeBytesPerSecond: 1000, retentionMs: DAY_MS }
    expect(limitsFor(workload)).toMatchObject({ partitions: 100, connections: 100, storageBytes: 86_400_000 })
  })

  it('leave enough partitions for many readers: 15 MB/s each', () => {
    const workload = { produceBytesPerSecond: 1e6, consumeBytesPerSecond: 6e9, retentionMs: DAY_MS }
    expect(limitsFor(workload).partitions).toBe(400)
  })

  it('are what the user stated, where she did', () => {
    const stated = { partitions: 7, connections: 8, users: 9, requestsPerSecond: 10, connectionsPerSecond: 11 }
    const workload = { produceBytesPerSecond: 1e9, consumeBytesPerSecond: 1e9, retentionMs: DAY_MS, ...stated }
    expect(virtualLimitsFor(workload)).toMatchObject(stated)
  })

  it('let a virtual tenant send a request for every 4 kB it moves (Confluent Cloud), and connect all its clients in ten seconds', () => {
    const workload = { produceBytesPerSecond: 60e6, consumeBytesPerSecond: 180e6, retentionMs: DAY_MS, connections: 18_000 }
    expect(virtualLimitsFor(workload)).toMatchObject({ requestsPerSecond: 60_000, connectionsPerSecond: 1800 })
  })

  it('let clients that only wait do so on every connection, and a trickle do what the smallest clusters elsewhere do', () => {
    const trickle = { produceBytesPerSecond: 1000, consumeBytesPerSecond: 1000, retentionMs: DAY_MS }
    expect(virtualLimitsFor({ ...trickle, connections: 3000 })).toMatchObject({
      requestsPerSecond: 9000,
      connectionsPerSecond: 300,
    })
    expect(virtualLimitsFor(trickle)).toMatchObject({ requestsPerSecond: 1500, connectionsPerSecond: 50 })
  })

  it('of a Kafka of its own say nothing of rates that only gateways hold', () => {
    const workload = { produceBytesPerSecond: 1000, consumeBytesPerSecond: 1000, retentionMs: DAY_MS, requestsPerSecond: 5 }
    expect(limitsFor(workload).requestsPerSecond).toBeUndefined()
  })

  it('always fit the schema that API and gateway read', () => {
    const rate = fc.integer({ min: 1, max: 9e15 })
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 1, max: 1e13 }), (produce, consume, retentionMs) => {
        const limits = virtualLimitsFor({ produceBytesPerSecond: produce, consumeBytesPerSecond: consume, retentionMs })
        expect(planLimitsSchema.parse(limits)).toEqual(limits)
      }),
    )
  })
})

describe('quotas per broker', () => {
  it('let the whole limit through all brokers together, and not much more', () => {
    const workloads = fc.record({
      produceBytesPerSecond: fc.integer({ min: 1, max: 1e12 }),
      consumeBytesPerSecond: fc.integer({ min: 1, max: 1e12 }),
      retentionMs: fc.constant(DAY_MS),
    })
    fc.assert(
      fc.property(workloads, fc.integer({ min: 1, max: 60 }), (workload, brokers) => {
        const quota = quotaPerBroker(limitsFor(workload), brokers)
        const all = quota.produceBytesPerSecond * brokers
        expect(all).toBeGreaterThanOrEqual(workload.produceBytesPerSecond)
        expect(all).toBeLessThan(workload.produceBytesPerSecond + brokers)
      }),
    )
  })
})
