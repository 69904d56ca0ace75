// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { PortAddressing, SniAddressing } from './addressing.ts'

test('node n is reached on the port n + 1 behind the bootstrap port', () => {
  const addressing = new PortAddressing('kafka.example', 9092)
  expect(addressing.endpointOf('orders', 0)).toEqual({ host: 'kafka.example', port: 9093 })
  expect(addressing.endpointOf('orders', 12)).toEqual({ host: 'kafka.example', port: 9105 })
})

test('there is no port for a node without id, or behind the last port', () => {
  const addressing = new PortAddressing('kafka.example', 65_530)
  expect(addressing.endpointOf('orders', -1)).toBeUndefined()
  expect(addressing.portOf(4)).toBe(65_535)
  expect(addressing.portOf(5)).toBeUndefined()
})

test('behind a load balancer clients are told its ports, not those that are bound', () => {
  const addressing = new PortAddressing('kafka.example', 19_092, 9092)
  expect(addressing.endpointOf('orders', 2)).toEqual({ host: 'kafka.example', port: 9095 })
  expect(addressing.portOf(2)).toBe(19_095)
})

const sni = new SniAddressing('Kafka.Example', 443)

test('by host name, all brokers of a tenant share one port', () => {
  expect(sni.endpointOf('orders', 7)).toEqual({ host: 'b7.orders.kafka.example', port: 443 })
  expect(sni.endpointOf('orders', -1)).toBeUndefined()
})

test.each([
  ['bootstrap.orders.kafka.example', { tenant: 'orders', nodeId: undefined }],
  ['B12.Orders.KAFKA.example', { tenant: 'orders', nodeId: 12 }],
  ['b0.a.kafka.example', { tenant: 'a', nodeId: 0 }],
])('%s says who is called', (hostName, place) => {
  expect(sni.placeOf(hostName)).toEqual(place)
})

test.each([
  '',
  'kafka.example',
  'orders.kafka.example',
  'bootstrap.orders.kafka.example.evil',
  'bootstrap.orders.notkafka.example',
  'x.bootstrap.orders.kafka.example',
  'b01.orders.kafka.example',
  'b-1.orders.kafka.example',
  'b9999999999.orders.kafka.example',
  'broker1.orders.kafka.example',
  'bootstrap.or_ders.kafka.example',
  `bootstrap.${'a'.repeat(33)}.kafka.example`,
])('"%s" is nobody', (hostName) => {
  expect(sni.placeOf(hostName)).toBeUndefined()
})
