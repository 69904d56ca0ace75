// SPDX-License-Identifier: Apache-2.0
import { type UserSpec, userSchema } from '@kaas/domain'
import { limitsFor } from '@kaas/planner'
import { expect, test } from 'vitest'
import { quotaChange, quotasFor } from './quotas-for.ts'

const limits = limitsFor({ produceBytesPerSecond: 6_000_000, consumeBytesPerSecond: 18_000_000, retentionMs: 1000 })
const spec = (quotas: UserSpec['quotas']) => userSchema.shape.spec.parse({ quotas })

test('a user may use what her tenant ordered, divided by the brokers because Kafka counts per broker', () => {
  expect(quotasFor(spec({}), limits, 1)).toEqual({ producer_byte_rate: 6_000_000, consumer_byte_rate: 18_000_000 })
  expect(quotasFor(spec({}), limits, 3)).toEqual({ producer_byte_rate: 2_000_000, consumer_byte_rate: 6_000_000 })
})

test('her own quota holds when it is less, and not when it is more', () => {
  expect(quotasFor(spec({ produce: '1MB/s', consume: '99MB/s' }), limits, 1)).toEqual({
    producer_byte_rate: 1_000_000,
    consumer_byte_rate: 18_000_000,
  })
})

test('a quota that the platform does not set is removed, a different one is set, equal ones are left alone', () => {
  const wanted = { producer_byte_rate: 1, consumer_byte_rate: 2 }
  expect(quotaChange(wanted, wanted)).toBeUndefined()
  expect(quotaChange({ producer_byte_rate: 1, consumer_byte_rate: 9, request_percentage: 50 }, wanted)).toEqual({
    set: { consumer_byte_rate: 2 },
    remove: ['request_percentage'],
  })
})
