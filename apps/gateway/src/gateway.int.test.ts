// SPDX-License-Identifier: Apache-2.0
/** The gateway before two real Kafka brokers, with a real client library and with frames written by hand. */

import tls from 'node:tls'
import { electLeaders, metadata, saslHandshake, scramClient } from '@kaas/kafka-protocol'
import { freePorts, makeTopic, waitFor } from '@kaas/testkit'
import { CompressionTypes, Kafka as KafkaJs, logLevel, type SASLOptions } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createUser, type GatewayFixture, PASSWORD, portListener, startGatewayFixture } from '../test/gateway-fixture.ts'
import { RawClient } from '../test/raw-client.ts'
import { Journal } from './audit/journal.ts'
import { createMetrics } from './metrics.ts'

let fixture: GatewayFixture
const journal = new Journal()
/** Every line that the gateway logs, as JSON, the least important ones included. */
const lines: string[] = []
const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) })

beforeAll(async () => {
  fixture = await startGatewayFixture({ journal, log }, 2, { 'connections.max.reauth.ms': '3600000' })
})

afterAll(() => fixture.stop())

test.each([
  ['scram-sha-512', 'orders.app'],
  ['plain', 'orders.app'],
  ['scram-sha-256', 'orders.legacy'],
  ['plain', 'orders.legacy'],
] as const)('a client that logs in by %s as %s creates a topic, produces and consumes', async (mechanism, username) => {
  const topic = `payments-${mechanism}-${username}`
  const kafka = clientFor({ mechanism, username, password: PASSWORD })
  const admin = kafka.admin()
  await admin.connect()
  await makeTopic(admin, { topic, numPartitions: 4 })
  expect(await admin.listTopics()).toContain(topic)

  const values = Array.from({ length: 40 }, (_, index) => `${index} ${'x'.repeat(index * 1000)}`)
  const producer = kafka.producer()
  await producer.connect()
  const messages = values.map((value, index) => ({ value, partition: index % 4 }))
  await producer.send({ topic, messages, compression: CompressionTypes.GZIP })

  const consumer = kafka.consumer({ groupId: `readers-${topic}`, maxWaitTimeInMs: 200 })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const seen: string[] = []
  await consumer.run({ eachMessage: async ({ message }) => void seen.push(message.value?.toString() ?? '') })
  await waitFor(() => seen.length >= values.length, { what: 'all messages' })
  expect(seen.sort()).toEqual([...values].sort())
  await Promise.all([consumer.disconnect(), producer.disconnect(), admin.disconnect()])
  expect(await fixture.admin.listTopicNames('orders.')).toContain(`orders.${topic}`)
})

test('C2: every broker is shown at the gateway, on the port of its node', async () => {
  const admin = clientFor({ mechanism: 'scram-sha-512', username: 'shop.app', password: PASSWORD }).admin()
  await admin.connect()
  const { brokers } = await admin.describeCluster()
  const ports = [0, 1].map((nodeId) => ({ nodeId, host: 'localhost', port: fixture.gateway.port + 1 + nodeId }))
  expect(brokers.sort((a, b) => a.nodeId - b.nodeId)).toEqual(ports)
  expect(await admin.listTopics()).toEqual([])
  await admin.disconnect()
})

test('by host name, a real client reaches every broker of its tenant on one port [R36]', async () => {
  const [port = 0] = await freePorts(1)
  const host = 'orders.kafka.example'
  const { certificatePem: certPem, keyPem } = await fixture.certificates.issue([`*.${host}`])
  const [byPort] = [portListener(fixture.gateway.port, fixture.certificates)]
  const addressing = { kind: 'sni', domain: 'kafka.example' } as const
  await fixture.gateway.reload([byPort, { ...byPort, name: 'names', port, addressing, certificates: [{ certPem, keyPem }] }])
  const called: string[] = []
  const client = new KafkaJs({
    brokers: [`bootstrap.${host}:${port}`],
    ssl: { ca: [fixture.certificates.caPem] },
    sasl: { mechanism: 'scram-sha-512', username: 'orders.app', password: PASSWORD },
    logLevel: logLevel.NOTHING,
    // Stands in for the name server, which does not know the names of this test.
    socketFactory: ({ host: servername, port: to, onConnect }) => {
      called.push(`${servername}:${to}`)
      return tls.connect({ host: '127.0.0.1', port: to, servername, ca: fixture.certificates.caPem }, onConnect)
    },
  })
  const admin = client.admin()
  await admin.connect()
  await makeTopic(admin, { topic: 'by-name', numPartitions: 4, replicationFactor: 1 })
  const producer = client.producer()
  await producer.connect()
  await producer.send({
    topic: 'by-name',
    messages: [0, 1, 2, 3].map((partition) => ({ partition, value: 'x' })),
    compression: CompressionTypes.None,
  })
  const { brokers } = await admin.describeCluster()
  expect(brokers.map((broker) => broker.host).sort()).toEqual([`b0.${host}`, `b1.${host}`])
  expect(new Set(called)).toEqual(new Set([`bootstrap.${host}:${port}`, `b0.${host}:${port}`, `b1.${host}:${port}`]))
  await Promise.all([producer.disconnect(), admin.disconnect()])
  await fixture.gateway.reload([byPort])
})

test.each([
  ['a wrong password', 'orders.app', 'wrong'],
  ['an unknown user', 'orders.ghost', PASSWORD],
  ['an unknown tenant', 'ghost.app', PASSWORD],
  ['a user of another tenant with this password', 'shop.legacy', PASSWORD],
])('%s is refused in the same words, by PLAIN and by SCRAM', async (_, username, password) => {
  const words = 'Authentication failed: the user name or the password is wrong.'
  for (const mechanism of ['plain', 'scram-sha-512'] as const) {
    const admin = clientFor({ mechanism, username, password }).admin()
    await expect(admin.connect()).rejects.toThrow(words)
  }
})

test('the broker’s session lifetime reaches the client, who can log in again on the same connection (KIP-368)', async () => {
  const client = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem)
  for (const expected of ['first', 'again']) {
    const lifetimeMs = await logIn(client, 'orders.app')
    expect(Number(lifetimeMs), expected).toBeGreaterThan(1_000_000)
    expect((await client.ask(metadata, 12, { topics: [], allowAutoTopicCreation: false })).brokers).toHaveLength(2)
  }
  client.close()
})

test('a tenant that appears in the snapshot is served at once, one that goes is cut off', async () => {
  await createUser(fixture.admin, 'late', 'late.app', 'SCRAM-SHA-512')
  const orders = fixture.gateway.snapshot.tenant('orders')
  if (orders === undefined) throw new Error('the tenant is there')
  fixture.gateway.snapshot.apply({ kind: 'tenant', version: 2, tenant: { ...orders, name: 'late' } })
  const client = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem)
  await logIn(client, 'late.app')
  fixture.gateway.snapshot.apply({ kind: 'tenantRemoved', version: 3, name: 'late' })
  await client.closed
})

test('whatever secrets clients send, none is in a log, an audit event or a metric, and lines say connection, tenant and trace', async () => {
  const marked = (what: string) => `hush-${what}`
  await fixture.admin.createTopic({ name: 'orders.quiet', partitions: 1, configs: {} })
  const kafka = clientFor({ mechanism: 'plain', username: 'orders.app', password: PASSWORD })
  const producer = kafka.producer()
  await producer.connect()
  const message = { key: marked('key'), value: marked('value'), headers: { [marked('header')]: marked('header-value') } }
  await producer.send({ topic: 'quiet', messages: [message] })
  await producer.disconnect()
  for (const [username, password] of [
    ['orders.app', marked('wrong-password')],
    // Somebody who types her password into the field of the name.
    [marked('password-as-name'), PASSWORD],
    [`${marked('tenant')}.${marked('user')}`, PASSWORD],
  ] as const) {
    await expect(clientFor({ mechanism: 'plain', username, password }).admin().connect()).rejects.toThrow(/wrong/)
  }
  const client = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem)
  await client.ask(saslHandshake, 1, { mechanism: 'OAUTHBEARER' })
  const refused = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem)
  await logIn(refused, 'orders.app')
  refused.send(electLeaders, 2, { electionType: 0, topicPartitions: null, timeoutMs: 1 })
  await refused.closed
  const garbage = await RawClient.connect(fixture.gateway.port, fixture.certificates.caPem)
  garbage.socket.write(Buffer.from(`    ${marked('garbage')} and more of it`))
  await garbage.closed
  const events = JSON.stringify(journal.next(10_000, Date.now(), true))
  const metrics = await createMetrics({ gateway: fixture.gateway, stream: undefined }).metrics()
  for (const [place, text] of Object.entries({ lines: lines.join(''), events, metrics })) {
    for (const secret of ['hush-', PASSWORD, fixture.kafka.admin.password]) {
      for (const form of [
        secret,
        Buffer.from(secret).toString('base64').slice(0, -4),
        Buffer.from(secret).toString('hex'),
      ]) {
        expect(text.includes(form), `${form} in ${place}`).toBe(false)
      }
    }
  }
  expect(events).toContain('"rule":"not-supported"')
  expect(metrics).toContain('kaas_gateway_refused_requests_total{rule="not-supported"} 1')
  const ended = lines
    .map((line) => JSON.parse(line))
    .find(({ reason, user }) => reason === 'not-supported' && user !== undefined)
  expect(ended).toMatchObject({
    connection: expect.any(String),
    trace: expect.stringMatching(/^[0-9a-f]{32}$/),
    tenant: 'orders',
  })
})

test('a broker that is killed is told as away, and is served again when it is back', async () => {
  await fixture.kafka.kill('SIGKILL')
  const client = await RawClient.connect(fixture.gateway.port + 1, fixture.certificates.caPem)
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const answer = await client.token('n,,n=orders.app,r=client')
  expect(answer.errorMessage).toContain('cannot be reached')
  expect(answer.errorCode).not.toBe(58)
  await fixture.kafka.restart()
  const again = await RawClient.connect(fixture.gateway.port + 1, fixture.certificates.caPem)
  expect(Number(await logIn(again, 'orders.app'))).toBeGreaterThan(0)
  again.close()
})

function clientFor(sasl: SASLOptions): KafkaJs {
  return new KafkaJs({
    brokers: [fixture.bootstrap],
    ssl: { ca: [fixture.certificates.caPem] },
    sasl,
    logLevel: logLevel.NOTHING,
    retry: { retries: 5, initialRetryTime: 100 },
  })
}

/** A real SCRAM log-in by hand; resolves with the session's lifetime. */
async function logIn(client: RawClient, user: string): Promise<bigint> {
  const scram = scramClient('SCRAM-SHA-512', user, PASSWORD, 'fyko+d2lbbFgONRv9qkxdawL')
  await client.ask(saslHandshake, 1, { mechanism: 'SCRAM-SHA-512' })
  const first = await client.token(scram.first().toString())
  const last = await client.token(scram.final(first.authBytes).toString())
  expect(last).toMatchObject({ errorCode: 0 })
  scram.verify(last.authBytes)
  return last.sessionLifetimeMs
}
