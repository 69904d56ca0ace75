// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { namesOf } from './tenant-names.ts'

test('names carry the tenant where Kafka is shared, and nothing of another tenant is hers', () => {
  const names = namesOf('shop', 'virtual')
  expect([names.prefix, names.physical('orders'), names.logical('shop.orders')]).toEqual(['shop.', 'shop.orders', 'orders'])
  expect(names.logical('shops.orders')).toBeUndefined()
  expect(names.principal('app', 'tls')).toBe('User:shop.app')
})

test.each(['namespace', 'cluster'] as const)(
  'names are as they are on a Kafka of her own (%s), without what the platform keeps there',
  (isolation) => {
    const names = namesOf('shop', isolation)
    expect([names.prefix, names.physical('orders'), names.logical('shop.orders')]).toEqual(['', 'orders', 'shop.orders'])
    expect(['__consumer_offsets', 'strimzi.cruisecontrol.metrics'].map(names.logical)).toEqual([undefined, undefined])
    expect(['scram-sha-512', 'tls'].map((login) => names.principal('app', login))).toEqual([
      'User:shop.app',
      'User:CN=shop.app',
    ])
  },
)
