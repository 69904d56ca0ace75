// SPDX-License-Identifier: Apache-2.0
/** Users whom the gateway recognises itself, by bearer token of a real issuer and by certificate, before a real Kafka. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCertificates, freePorts, makeTopic, temporaryDirectory, waitFor } from '@kaas/testkit'
import { Kafka as KafkaJs, logLevel } from 'kafkajs'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowAll, type GatewayFixture, portListener, snapshotFor, startGatewayFixture } from '../test/gateway-fixture.ts'
import { AUDIENCE, startTokenIssuer, type TokenIssuer } from '../test/token-issuer.ts'
import { BearerTokens } from './bearer-tokens.ts'

const log = pino({ level: 'silent' })
let issuer: TokenIssuer
let fixture: GatewayFixture
let certificatePort: number

beforeAll(async () => {
  issuer = await startTokenIssuer(['orders.web', 'orders.stranger', 'shop.web'])
  const credentials = join(temporaryDirectory('gateway'), 'service.json')
  const trusted = { issuer: issuer.issuer, audience: AUDIENCE, userClaim: 'sub', clockSkewSeconds: 0 }
  fixture = await startGatewayFixture({
    serviceCredentialsFile: credentials,
    bearerTokens: new BearerTokens([trusted], log),
  })
  writeFileSync(credentials, JSON.stringify({ local: { ...fixture.kafka.admin, mechanism: 'SCRAM-SHA-512' } }))
  for (const user of ['orders.web', 'orders.device']) await allowAll(fixture.admin, 'orders', user)
  list('web', 'device')
  ;[certificatePort = 0] = await freePorts(2)
  const byPort = portListener(fixture.gateway.port, fixture.certificates)
  const clientCertificates = { caPem: fixture.certificates.caPem, rules: 'RULE:^CN=([^,]+)$/$1/' }
  await fixture.gateway.reload([byPort, { ...byPort, name: 'certificates', port: certificatePort, clientCertificates }])
})
afterAll(async () => {
  await fixture.stop()
  issuer.close()
})

test('a client with a bearer token produces and consumes as the user that the token names', async () => {
  await roundTrip(bearerClient('orders.web', { retries: 8 }), 'by-token')
  expect(await fixture.admin.listTopicNames('orders.')).toContain('orders.by-token')
})

test('a client with a certificate produces and consumes as the user that the certificate names', async () => {
  await roundTrip(await certificateClient('orders.device', 8), 'by-certificate')
  expect(await fixture.admin.listTopicNames('orders.')).toContain('orders.by-certificate')
})

test('the issuer changes its key, and new tokens are taken without a restart', async () => {
  await issuer.changeKey()
  await sleep(1100) // The gateway asks for unknown keys once a second.
  await expectLogIn(bearerClient('orders.web'))
})

test.each([
  ['of a user who is not listed', () => bearerClient('orders.stranger')],
  ['of a tenant that has no such users', () => bearerClient('shop.web')],
  ['for another audience', () => bearerClient('orders.web', { audience: 'https://other.example' })],
  ['with a changed signature', () => bearerClient('orders.web', { change: (token) => `${token.slice(0, -4)}AAAA` })],
  ['that is unsigned', () => bearerClient('orders.web', { change: unsigned })],
  ['of an issuer that nobody trusts', () => bearerClient('orders.web', { change: ofAnotherIssuer })],
  ['that is no token', () => bearerClient('orders.web', { change: () => 'hello' })],
])('a bearer token %s is refused, in the words for a wrong password', async (_, client) => {
  await expect(client().admin().connect()).rejects.toThrow('Authentication failed: the user name or the password is wrong.')
})

test('a certificate of a user who is not listed, of a tenant that is not there, or of nobody gets nowhere', async () => {
  for (const name of ['orders.web', 'orders.stranger', 'ghost.device', 'nobody']) {
    await expect((await certificateClient(name)).admin().connect(), name).rejects.toThrow()
  }
})

test('without a certificate, or with one of somebody else’s authority, nobody gets in', async () => {
  const { certificates } = fixture
  const stranger = await createCertificates()
  const foreign = await stranger.issue(['orders.device'])
  for (const ssl of [{}, { cert: foreign.certificatePem, key: foreign.keyPem }]) {
    await expect(
      clientWith({ ca: [certificates.caPem], ...ssl })
        .admin()
        .connect(),
    ).rejects.toThrow()
  }
})

test('a user who is taken from the list is cut off at once, and her token is of no use', async () => {
  const client = await certificateClient('orders.device')
  const admin = client.admin()
  await admin.connect()
  await admin.listTopics()
  list('web')
  await expect(admin.listTopics()).rejects.toThrow()
  await expect((await certificateClient('orders.device')).admin().connect()).rejects.toThrow()
  await expectLogIn(bearerClient('orders.web'))
})

test('a cluster that is gone for a while is told as away, not as a wrong token', async () => {
  await fixture.kafka.kill('SIGKILL')
  await expect(bearerClient('orders.web').admin().connect()).rejects.toThrow(/cannot be reached|unavailable|not available/i)
  await fixture.kafka.restart()
  const isBack = () => expectLogIn(bearerClient('orders.web')).then(() => true)
  await waitFor(isBack, { what: 'the cluster to be back' })
})

let version = 1
/** Lists these users of `orders` as those who log in without a password. */
function list(...names: readonly ('web' | 'device')[]): void {
  version += 1
  const tenant = snapshotFor(fixture.kafka).tenants[0]
  if (tenant === undefined) throw new Error('the tenant is there')
  const externalUsers = names.map((name) => ({
    name: `orders.${name}`,
    proof: name === 'web' ? ('bearer' as const) : ('certificate' as const),
  }))
  fixture.gateway.snapshot.apply({ kind: 'tenant', version, tenant: { ...tenant, externalUsers } })
}

interface TokenChange {
  /** How often the client tries again; a refusal is to be seen at once, the first group of a cluster takes a while. */
  readonly retries?: number
  readonly audience?: string
  readonly change?: (token: string) => string
}

function bearerClient(clientId: string, { audience, retries = 0, change = (token) => token }: TokenChange = {}): KafkaJs {
  return new KafkaJs({
    brokers: [fixture.bootstrap],
    ssl: { ca: [fixture.certificates.caPem] },
    sasl: {
      mechanism: 'oauthbearer',
      oauthBearerProvider: async () => ({ value: change(await issuer.tokenFor(clientId, audience)) }),
    },
    logLevel: logLevel.NOTHING,
    retry: { retries },
  })
}

async function certificateClient(name: string, retries = 0): Promise<KafkaJs> {
  const { certificatePem: cert, keyPem: key } = await fixture.certificates.issue([name])
  return clientWith({ ca: [fixture.certificates.caPem], cert, key }, retries)
}

function clientWith(ssl: { readonly ca: string[]; readonly cert?: string; readonly key?: string }, retries = 0): KafkaJs {
  return new KafkaJs({ brokers: [`localhost:${certificatePort}`], ssl, logLevel: logLevel.NOTHING, retry: { retries } })
}

async function expectLogIn(client: KafkaJs): Promise<void> {
  const admin = client.admin()
  await admin.connect()
  await admin.listTopics()
  await admin.disconnect()
}

async function roundTrip(client: KafkaJs, topic: string): Promise<void> {
  const admin = client.admin()
  const producer = client.producer()
  const consumer = client.consumer({ groupId: `${topic}-readers` })
  await Promise.all([admin.connect(), producer.connect(), consumer.connect()])
  await makeTopic(admin, { topic, numPartitions: 1, replicationFactor: 1 })
  await producer.send({ topic, messages: [{ value: 'hello' }] })
  await consumer.subscribe({ topic, fromBeginning: true })
  const value = await new Promise<string>((resolve, reject) => {
    consumer.run({ eachMessage: async ({ message }) => resolve(message.value?.toString() ?? '') }).catch(reject)
  })
  expect(value).toBe('hello')
  await Promise.all([admin.disconnect(), producer.disconnect(), consumer.disconnect()])
}

function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}

function ofAnotherIssuer(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), iss: 'https://evil.example' }
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}
