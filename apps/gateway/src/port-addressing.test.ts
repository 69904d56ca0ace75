// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { portAddressing } from './port-addressing.ts'

test('node n is reached on the port n + 1 behind the bootstrap port', () => {
  const addressing = portAddressing('kafka.example', 9092)
  expect(addressing.endpointOf(0)).toEqual({ host: 'kafka.example', port: 9093 })
  expect(addressing.endpointOf(12)).toEqual({ host: 'kafka.example', port: 9105 })
})

test('there is no port for a node without id, or behind the last port', () => {
  const addressing = portAddressing('kafka.example', 65_530)
  expect(addressing.endpointOf(-1)).toBeUndefined()
  expect(addressing.portOf(4)).toBe(65_535)
  expect(addressing.portOf(5)).toBeUndefined()
})
