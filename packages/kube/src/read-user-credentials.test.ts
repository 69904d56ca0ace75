// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { seen } from '../test/seen-objects.ts'
import { readAuthority, readUserCredentials } from './read-user-credentials.ts'
import { endpointOf, endpointsOf } from './steps/endpoint-of.ts'

const KAFKA = seen('Kafka', 'shop', {
  metadata: { namespace: 'kaas-shop' },
  spec: {
    kafka: {
      listeners: [
        { name: 'internal', port: 9093, type: 'internal', tls: true, authentication: { type: 'tls' } },
        {
          name: 'external',
          port: 9094,
          type: 'tlsroute',
          tls: true,
          authentication: { type: 'tls' },
          configuration: { brokerCertChainAndKey: { secretName: 'shop-listeners', certificate: 'tls.crt', key: 'tls.key' } },
        },
        { name: 'scram', port: 9095, type: 'loadbalancer', tls: true, authentication: { type: 'scram-sha-512' } },
      ],
    },
  },
  status: {
    listeners: [
      { name: 'internal', bootstrapServers: 'shop-kafka-bootstrap.kaas-shop.svc:9093', certificates: ['CLUSTER'] },
      { name: 'external', bootstrapServers: 'bootstrap-tls.shop.kafka.example:443', certificates: ['LEAF'] },
      { name: 'scram' },
      'garbage',
    ],
  },
})

/** Answers reads of Secrets from a table: a fake of the API server, which does nothing else. */
function secrets(content: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  return { readSecret: async (namespace: string, name: string) => content[`${namespace}/${name}`] }
}

test('an endpoint is what the status shows, and only listeners with an address are one', () => {
  expect(endpointsOf(KAFKA).map(({ listener, login, isExternal }) => [listener, login, isExternal])).toEqual([
    ['internal', 'tls', false],
    ['external', 'tls', true],
  ])
  expect(endpointOf(KAFKA, 'tls')).toMatchObject({
    bootstrap: 'bootstrap-tls.shop.kafka.example:443',
    certificates: ['LEAF'],
  })
  expect(endpointOf(KAFKA, 'scram-sha-512')).toBeUndefined()
  expect(endpointsOf(seen('Kafka', 'shop'))).toEqual([])
})

test.each([
  [
    'a password',
    { password: 'p', 'sasl.jaas.config': 'x' },
    { kind: 'scram', username: 'shop.app', password: 'p', mechanism: 'SCRAM-SHA-512' },
  ],
  [
    'a certificate',
    { 'ca.crt': 'CLIENTS', 'user.crt': 'C', 'user.key': 'K', 'user.p12': 'x', 'user.password': 'y' },
    { kind: 'tls', username: 'shop.app', certificatePem: 'C', keyPem: 'K' },
  ],
  ['half a certificate', { 'user.crt': 'C' }, undefined],
  ['nothing', {}, undefined],
])('the Secret of a user with %s', async (_, secret, credentials) => {
  const watch = secrets({ 'kaas-shop/shop.app': secret })
  expect(await readUserCredentials(watch, 'kaas-shop', 'shop.app')).toEqual(credentials)
})

test('credentials that the operator has not written yet are undefined', async () => {
  expect(await readUserCredentials(secrets({}), 'kaas-shop', 'shop.app')).toBeUndefined()
})

test('clients trust the authority of the listener, never the one that signs users', async () => {
  const external = endpointOf(KAFKA, 'tls')
  const internal = endpointsOf(KAFKA)[0]
  if (external === undefined || internal === undefined) throw new Error('The Kafka of this test has both endpoints.')
  const cluster = { 'ca.crt': 'NEW', 'ca-2027-11-21T07-00-00Z.crt': 'OLD', 'ca.p12': 'x', 'ca.password': 'y' }
  const all = secrets({ 'kaas-shop/shop-listeners': { 'ca.crt': 'ISSUER' }, 'kaas-shop/shop-cluster-ca-cert': cluster })
  expect(await readAuthority(all, KAFKA, external)).toBe('ISSUER')
  expect(await readAuthority(all, KAFKA, internal)).toBe('NEW\nOLD\n')
  expect(await readAuthority(secrets({}), KAFKA, external)).toBe('LEAF\n')
})
