// SPDX-License-Identifier: Apache-2.0
import {
  APIS,
  addOffsetsToTxn,
  alterPartitionReassignments,
  alterReplicaLogDirs,
  apiVersions,
  createDelegationToken,
  decodeResponse,
  electLeaders,
  endTxn,
  fetch,
  getTelemetrySubscriptions,
  produce,
  pushTelemetry,
  txnOffsetCommit,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { apiVersionsAnswer, type BrokerVersions, offeredRanges } from './version-ranges.ts'

test('refusal is the default: what brokers speak and nobody claimed is not offered', () => {
  const offered = offeredRanges([brokerWith({ 0: [0, 13], 1: [4, 18], 4: [0, 7], 10000: [0, 0] })])
  expect(offered.map(({ apiKey }) => apiKey)).toEqual([0, 1, 17, 18, 36, 71, 72])
})

test('a range is what the gateway and every broker behind it share; nothing shared is not offered', () => {
  const one = brokerWith({ 1: [4, 16], 3: [0, 13] })
  const other = brokerWith({ 1: [6, 18], 3: [14, 15] })
  expect(offeredRanges([one, other]).find(({ apiKey }) => apiKey === fetch.key)).toEqual({
    apiKey: 1,
    minVersion: 6,
    maxVersion: 16,
  })
  expect(offeredRanges([one, other]).find(({ apiKey }) => apiKey === 3)).toBeUndefined()
})

test('Produce is offered from version 0, as old librdkafka turns compression off otherwise (KAFKA-18659)', () => {
  const offered = offeredRanges([brokerWith({ 0: [0, 13] })])
  expect(offered.find(({ apiKey }) => apiKey === produce.key)?.minVersion).toBe(0)
})

test('a request newer than any version is answered in version 0 with error 35 and the range to use (KIP-511)', () => {
  const answer = decodeResponse(apiVersions, 0, apiVersionsAnswer([], 99, 7).subarray(4))
  expect(answer.correlationId).toBe(7)
  expect(answer.message.errorCode).toBe(35)
  expect(answer.message.apiKeys).toEqual([{ apiKey: 18, minVersion: 0, maxVersion: 4 }])
})

test('features are passed on as far as all clusters have them (KIP-890)', () => {
  const one = { ...brokerWith({}), finalizedFeatures: [feature('transaction.version', 2), feature('group.version', 1)] }
  const other = { ...brokerWith({}), finalizedFeatures: [feature('transaction.version', 1)] }
  const { message } = decodeResponse(apiVersions, 4, apiVersionsAnswer([one, other], 4, 1).subarray(4))
  expect(message.finalizedFeatures).toEqual([feature('transaction.version', 1)])
})

test('what a finalized feature lets clients send is offered: transactions of the second kind need these versions (KIP-890)', () => {
  const all = Object.fromEntries(APIS.map(({ key, versions }) => [key, versions]))
  const offered = new Map(offeredRanges([brokerWith(all)]).map(({ apiKey, maxVersion }) => [apiKey, maxVersion]))
  const needed = { [produce.key]: 12, [addOffsetsToTxn.key]: 4, [endTxn.key]: 5, [txnOffsetCommit.key]: 5 }
  for (const [key, version] of Object.entries(needed)) {
    expect(offered.get(Number(key)) ?? -1, `API ${key}`).toBeGreaterThanOrEqual(version)
  }
})

test('tokens and the places of replicas are not offered, though a broker speaks of them', () => {
  const all = Object.fromEntries(APIS.map(({ key, versions }) => [key, versions]))
  const offered = new Set(offeredRanges([brokerWith(all)]).map(({ apiKey }) => apiKey))
  for (const { key, name } of [createDelegationToken, electLeaders, alterPartitionReassignments, alterReplicaLogDirs]) {
    expect(offered.has(key), name).toBe(false)
  }
})

test('client metrics are taken whether or not a broker takes any: they end at the gateway (KIP-714)', () => {
  const offered = offeredRanges([brokerWith({})])
  for (const { key } of [getTelemetrySubscriptions, pushTelemetry]) {
    expect(offered).toContainEqual({ apiKey: key, minVersion: 0, maxVersion: 0 })
  }
})

function feature(name: string, level: number): BrokerVersions['finalizedFeatures'][number] {
  return { name, maxVersionLevel: level, minVersionLevel: level }
}

function brokerWith(ranges: Readonly<Record<number, readonly [number, number]>>): BrokerVersions {
  const apiKeys = Object.entries(ranges).map(([key, [minVersion, maxVersion]]) => ({
    apiKey: Number(key),
    minVersion,
    maxVersion,
  }))
  const features = { supportedFeatures: [], finalizedFeatures: [], finalizedFeaturesEpoch: 1n, zkMigrationReady: false }
  return { errorCode: 0, apiKeys, throttleTimeMs: 0, ...features }
}
