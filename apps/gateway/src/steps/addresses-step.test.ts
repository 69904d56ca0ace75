// SPDX-License-Identifier: Apache-2.0
import {
  APIS,
  type Api,
  describeCluster,
  encodeResponse,
  type Fields,
  fetch,
  findCoordinator,
  metadata,
  produce,
  shareFetch,
} from '@kaas/kafka-protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomMessage } from '../../test/random-message.ts'
import { stepContext } from '../../test/step-context.ts'
import { createAddressesStep } from './addresses-step.ts'
import { isOffered } from './api-claims.ts'

const step = createAddressesStep()
const broker = { host: 'broker.internal', port: 19_092 }

test('every answer that tells where brokers are tells the gateway’s host and the port of the node', () => {
  expect(answered(metadata, 12, { brokers: [{ nodeId: 2, ...broker }] })).toMatchObject({
    brokers: [{ nodeId: 2, host: 'gateway', port: 9095 }],
  })
  expect(answered(describeCluster, 1, { endpointType: 1, brokers: [{ brokerId: 1, ...broker }] })).toMatchObject({
    brokers: [{ brokerId: 1, host: 'gateway', port: 9094 }],
  })
  expect(answered(findCoordinator, 3, { nodeId: 0, ...broker, coordinators: [] })).toMatchObject({
    host: 'gateway',
    port: 9093,
  })
  expect(answered(findCoordinator, 4, { host: '', coordinators: [{ key: 'g', nodeId: 3, ...broker }] })).toMatchObject({
    coordinators: [{ host: 'gateway', port: 9096 }],
  })
  for (const api of [produce, shareFetch]) {
    expect(answered(api, api.versions[1], { nodeEndpoints: [{ nodeId: 1, ...broker }] })).toMatchObject({
      nodeEndpoints: [{ nodeId: 1, host: 'gateway', port: 9094 }],
    })
  }
})

test('an error without an address gets none', () => {
  const nowhere = { key: 'g', nodeId: -1, host: '', port: -1 }
  expect(answered(findCoordinator, 4, { host: '', coordinators: [nowhere] })).toMatchObject({ coordinators: [nowhere] })
})

test('controllers are not shown: nobody reaches them through the gateway', () => {
  expect(answered(describeCluster, 1, { endpointType: 2, brokers: [{ brokerId: 9, ...broker }] })).toMatchObject({
    brokers: [],
  })
})

test('no offered API with a host in its description is forgotten, in any version', () => {
  for (const api of APIS) {
    for (let version = api.versions[0]; version <= api.versions[1]; version++) {
      if (!isOffered(api.key, version) || !hasHost(api.response, version)) continue
      const isWatched = step.watch?.(api.key, version) !== undefined
      expect(step.wants(api.key, version).response || isWatched, `${api.name} v${version}`).toBe(true)
    }
  }
  expect(step.watch?.(fetch.key, 12)).toBeUndefined()
})

test('whatever an answer holds, no host of a broker is left in it', () => {
  for (const api of APIS) {
    for (let version = api.versions[0]; version <= api.versions[1]; version++) {
      if (!step.wants(api.key, version).response) continue
      fc.assert(
        fc.property(
          randomMessage(api.response, version, () => fc.constant('x')),
          (response) => {
            const named = withHosts(response)
            step.response?.(stepContext(api, version), named)
            expect(encodeResponse(api, version, 1, named as never).includes('broker.internal')).toBe(false)
          },
        ),
        { numRuns: 30 },
      )
    }
  }
})

function answered(api: Api, version: number, response: object): unknown {
  step.response?.(stepContext(api, version), response as Record<string, unknown>)
  return response
}

function hasHost(fields: Fields, version: number): boolean {
  return Object.values(fields).some(({ spec }) => {
    if (version < spec.since || version > spec.until) return false
    const shape = spec.shape.kind === 'array' ? spec.shape.element : spec.shape
    if (shape.kind === 'struct') return hasHost(shape.fields, version)
    return shape.kind === 'primitive' && shape.mark?.kind === 'host'
  })
}

/** The same with a broker's address wherever there is a host. */
function withHosts(value: Record<string, unknown>): Record<string, unknown> {
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'host' && inner !== '') value[key] = broker.host
    for (const each of Array.isArray(inner) ? inner : [inner]) {
      if (typeof each === 'object' && each !== null && !Buffer.isBuffer(each)) withHosts(each)
    }
  }
  return value
}
