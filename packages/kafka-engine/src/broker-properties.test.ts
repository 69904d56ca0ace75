// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { type BrokerAddress, brokerProperties, type ClusterShape } from './broker-properties.ts'

const address: BrokerAddress = {
  ...{ nodeId: 0, host: '127.0.0.1', port: 9192, advertisedHost: '127.0.0.1', advertisedPort: 9192, controllerPort: 9193 },
  extraListeners: [],
}
const cluster: ClusterShape = {
  brokers: [address],
  admin: { username: 'admin', password: 'secret' },
  delegationTokenSecret: 'key',
  plainUsers: {},
  properties: {},
}

test('a broker refuses whoever has no access rule, offers SCRAM only and listens on loopback only', () => {
  const lines = brokerProperties(address, cluster, '/data').split('\n')
  expect(lines).toContain('allow.everyone.if.no.acl.found=false')
  expect(lines).toContain('authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer')
  expect(lines).toContain('sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256')
  expect(lines).toContain('listeners=SASL_PLAINTEXT://127.0.0.1:9192,CONTROLLER://127.0.0.1:9193')
})

test('a relay before the broker gets a listener of its own that is advertised at the relay', () => {
  const extra = { name: 'RELAY', port: 9200, advertisedHost: '127.0.0.1', advertisedPort: 9300 }
  const text = brokerProperties({ ...address, extraListeners: [extra] }, cluster, '/data')
  expect(text).toContain('advertised.listeners=SASL_PLAINTEXT://127.0.0.1:9192,RELAY://127.0.0.1:9300\n')
  expect(text).toContain('RELAY:SASL_PLAINTEXT')
  expect(text).toContain('listener.name.relay.scram-sha-512.sasl.jaas.config=')
})

test('three brokers keep three copies and take writes while two are there', () => {
  const brokers = [0, 1, 2].map((nodeId) => ({ ...address, nodeId, port: 9192 + nodeId, controllerPort: 9300 + nodeId }))
  const lines = brokerProperties(address, { ...cluster, brokers }, '/data').split('\n')
  expect(lines).toContain('default.replication.factor=3')
  expect(lines).toContain('min.insync.replicas=2')
  expect(lines).toContain('controller.quorum.voters=0@127.0.0.1:9300,1@127.0.0.1:9301,2@127.0.0.1:9302')
})

test('properties of the caller win', () => {
  const lines = brokerProperties(address, { ...cluster, properties: { 'num.io.threads': '16' } }, '/data').split('\n')
  expect(lines).toContain('num.io.threads=16')
  expect(lines.filter((line) => line.startsWith('num.io.threads='))).toHaveLength(1)
})
