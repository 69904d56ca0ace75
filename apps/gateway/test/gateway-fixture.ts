// SPDX-License-Identifier: Apache-2.0
/**
 * A gateway before a real Kafka for integration tests: one tenant `orders` with a user `app`, and another tenant `shop`, made with
 * Kafka's own SCRAM, ACLs on the tenant's prefix and nothing else. The snapshot is handed over directly: the stream has its own test.
 */
import { randomBytes } from 'node:crypto'
import type { GatewaySnapshot } from '@kaas/domain'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { saltPassword } from '@kaas/kafka-protocol'
import { type Certificates, createCertificates, freePorts, type Kafka, startKafka } from '@kaas/testkit'
import { pino } from 'pino'
import { type Gateway, type GatewaySettings, startGateway } from '../src/gateway.ts'
import { DEFAULT_LIMITS } from '../src/gateway-parts.ts'
import type { KeyPair } from '../src/listeners/certificate-book.ts'
import type { ListenerSettings } from '../src/listeners/listener.ts'

/** What tests use. Call `stop` in `afterAll`. */
export interface GatewayFixture {
  readonly kafka: Kafka
  readonly admin: KafkaAdmin
  readonly gateway: Gateway
  readonly certificates: Certificates
  /** `localhost:port` of the gateway. */
  readonly bootstrap: string
  stop(): Promise<void>
}

/** The password of every test user. */
export const PASSWORD = 'correct-horse-battery'

/** Starts Kafka and a gateway with `settings` over the defaults. */
export async function startGatewayFixture(
  settings: Partial<GatewaySettings> = {},
  brokers = 1,
  properties: Readonly<Record<string, string>> = {},
): Promise<GatewayFixture> {
  const [kafka, certificates] = await Promise.all([startKafka({ brokers, properties }), createCertificates()])
  const admin = openKafkaAdmin({
    bootstrapServers: [...kafka.bootstrapServers.split(',')],
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    clientId: 'gateway-test',
  })
  for (const tenant of ['orders', 'shop']) await createUser(admin, tenant, `${tenant}.app`, 'SCRAM-SHA-512')
  await createUser(admin, 'orders', 'orders.legacy', 'SCRAM-SHA-256')
  const [port = 0] = await freePorts(brokers + 1)
  const gateway = await startGateway({
    listeners: [portListener(port, certificates)],
    serviceCredentialsFile: undefined,
    limits: DEFAULT_LIMITS,
    drainMs: 2000,
    log: pino({ level: process.env.KAAS_LOG_LEVEL ?? 'silent' }),
    ...settings,
  })
  gateway.snapshot.apply({ kind: 'full', snapshot: snapshotFor(kafka) })
  const stop = async (): Promise<void> => {
    await gateway.stop()
    await admin.close()
    await kafka.stop()
  }
  return { kafka, admin, gateway, certificates, bootstrap: `localhost:${gateway.port}`, stop }
}

/** A listener on loopback with addressing by port. */
export function portListener(port: number, { certPem, keyPem }: KeyPair): ListenerSettings {
  const addressing = { kind: 'port', advertisedHost: 'localhost' } as const
  return { name: 'default', host: '127.0.0.1', port, addressing, certificates: [{ certPem, keyPem }], proxyProtocol: false }
}

/** A user with a password and everything on the tenant's prefix, as the control plane gives to the role `admin`. */
export async function createUser(
  admin: KafkaAdmin,
  tenant: string,
  user: string,
  mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256',
  password = PASSWORD,
): Promise<void> {
  const salt = randomBytes(16)
  const iterations = 4096
  const saltedPassword = saltPassword(mechanism, password, salt, iterations)
  await admin.upsertScramCredentials([{ user, mechanism, iterations, salt, saltedPassword }])
  await allowAll(admin, tenant, user)
}

/** Rights on everything with the tenant's prefix. */
export async function allowAll(admin: KafkaAdmin, tenant: string, user: string): Promise<void> {
  const acl = { name: `${tenant}.`, pattern: 'prefixed', principal: `User:${user}`, host: '*' } as const
  const resources = ['topic', 'group', 'transactionalId'] as const
  await admin.createAcls(resources.map((resource) => ({ ...acl, resource, operation: 'all', permission: 'allow' })))
}

/** Both tenants on one cluster, with generous limits. */
export function snapshotFor(kafka: Kafka, version = 1): GatewaySnapshot {
  const limits = { partitions: 1000, retentionMs: 7 * 86_400_000, connections: 100 }
  const brokers = kafka.brokers.map((_, nodeId) => ({ nodeId, host: kafka.host, port: kafka.ports[nodeId] ?? 0 }))
  return {
    version,
    clusters: [{ name: 'local', bootstrapServers: kafka.bootstrapServers.split(','), tls: { enabled: false }, brokers }],
    tenants: ['orders', 'shop'].map((name) => ({ name, cluster: 'local', limits, paused: false })),
  }
}
