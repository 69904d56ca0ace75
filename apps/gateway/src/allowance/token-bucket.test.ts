// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

function bucketOf(perSecond: number): TokenBucket {
  const bucket = new TokenBucket()
  bucket.limit(perSecond, 0)
  return bucket
}

test('a burst of one second passes at once, and what is beyond it is waited for', () => {
  const bucket = bucketOf(1000)
  bucket.spend(1000)
  expect(bucket.waitMs(0)).toBe(0)
  bucket.spend(500)
  expect(bucket.waitMs(0)).toBe(500)
  expect(bucket.waitMs(400)).toBeCloseTo(100)
  expect(bucket.waitMs(500)).toBe(0)
})

test('nobody waits longer than ten seconds at a time, whatever was let through', () => {
  const bucket = bucketOf(1)
  bucket.spend(1e9)
  expect(bucket.waitMs(0)).toBe(10_000)
})

test('a crowd that asks for more than it may wait for owes no more than one wait when it is gone', () => {
  const bucket = new TokenBucket(true)
  bucket.spend(1e9)
  bucket.limit(10, 0)
  for (let asked = 0; asked < 100_000; asked += 1) bucket.spend(1)
  expect(bucket.waitMs(0)).toBe(10_000)
  expect(bucket.waitMs(10_000)).toBe(0)
})

test('without a limit nobody waits, and a limit that comes later does not charge what passed before', () => {
  const bucket = new TokenBucket()
  bucket.spend(1e12)
  expect(bucket.waitMs(0)).toBe(0)
  bucket.limit(1000, 5)
  expect(bucket.waitMs(5)).toBe(0)
})

test('over any time no more passes than the rate and one burst, however it comes', () => {
  const steps = fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 3000 }), amount: fc.integer({ min: 1, max: 5000 }) }))
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 10_000 }), steps, (perSecond, moves) => {
      const bucket = bucketOf(perSecond)
      let nowMs = 0
      let passed = 0
      let last = 0
      for (const { waitMs, amount } of moves) {
        nowMs += waitMs
        if (bucket.waitMs(nowMs) > 0) continue
        bucket.spend(amount)
        passed += amount
        last = amount
      }
      // The last one may overdraw: its size is not known before it came.
      expect(passed - last).toBeLessThanOrEqual(perSecond * (nowMs / 1000 + 1) + 1)
    }),
  )
})
