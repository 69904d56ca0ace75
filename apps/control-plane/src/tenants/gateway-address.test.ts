// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { gatewayAddressOf } from './gateway-address.ts'

test('where the host says who is called, each tenant is told her own', () => {
  expect(gatewayAddressOf('bootstrap.{tenant}.kafka.example.org:443', 'orders')).toBe(
    'bootstrap.orders.kafka.example.org:443',
  )
  expect(gatewayAddressOf('kafka.example.org:9092', 'orders')).toBe('kafka.example.org:9092')
})
