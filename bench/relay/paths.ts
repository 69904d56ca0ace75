// SPDX-License-Identifier: Apache-2.0
/**
 * The ways to one broker that are compared: direct, through HAProxy in plaintext and with TLS in, and through the gateway with
 * TLS in. All use SCRAM with the same user and the same topic; relays speak plaintext to the broker.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GatewaySnapshot } from '@kaas/domain'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { saltPassword } from '@kaas/kafka-protocol'
import {
  createCertificates,
  freePorts,
  type Kafka,
  saslProperties,
  startKafka,
  temporaryDirectory,
  waitFor,
} from '@kaas/testkit'
import { startHaproxy } from './haproxy.ts'
import type { Path } from './kafka-load.ts'

const GATEWAY = fileURLToPath(new URL('../../apps/gateway/src/main.ts', import.meta.url))
const TENANT = 'bench'
const USER = `${TENANT}.app`
const TOPIC = 'relay'
const PARTITIONS = 6

/** The paths, and what stops everything behind them. */
export interface Paths {
  readonly paths: readonly Path[]
  /** Deletes and creates the topic, so that every round starts with an empty one. */
  resetTopic(): Promise<void>
  stop(): Promise<void>
}

/** Starts broker, HAProxy and gateway, and makes user and topic. */
export async function startPaths(): Promise<Paths> {
  const directory = temporaryDirectory('bench-relay')
  const [relayPlain = 0, relayTls = 0, brokerPlain = 0, brokerTls = 0, health = 0, first = 0] = await freePorts(8)
  const kafka = await startBroker([
    { name: 'RELAYPLAIN', port: brokerPlain, advertisedPort: relayPlain },
    { name: 'RELAYTLS', port: brokerTls, advertisedPort: relayTls },
  ])
  const certificates = await createCertificates()
  const pem = join(directory, 'relay.pem')
  writeFileSync(pem, certificates.certPem + certificates.keyPem, { mode: 0o600 })
  const haproxyPlain = startHaproxy(directory, [{ name: 'plain', port: relayPlain, brokerPort: brokerPlain }])
  const haproxyTls = startHaproxy(directory, [{ name: 'tls', port: relayTls, brokerPort: brokerTls, certificateFile: pem }])
  const gateway = await startGateway(directory, kafka, certificates, { first, health })
  const admin = administratorOf(kafka)
  const password = randomBytes(12).toString('hex')
  await createUser(admin, password)
  const plain = writeProperties(directory, 'plain', saslProperties({ username: USER, password }))
  const tls = writeProperties(directory, 'tls', saslProperties({ username: USER, password, caFile: certificates.caFile }))
  const topic = `${TENANT}.${TOPIC}`
  const resetTopic = async (): Promise<void> => {
    await admin.deleteTopics([topic])
    await admin.createTopic({ name: topic, partitions: PARTITIONS, configs: {} })
  }
  return {
    paths: [
      { name: 'direct, plain', bootstrap: kafka.bootstrapServers, topic, configFile: plain, pid: undefined },
      { name: 'HAProxy, plain', bootstrap: `127.0.0.1:${relayPlain}`, topic, configFile: plain, pid: haproxyPlain.pid },
      { name: 'HAProxy, TLS in', bootstrap: `127.0.0.1:${relayTls}`, topic, configFile: tls, pid: haproxyTls.pid },
      { name: 'gateway, TLS in', bootstrap: `127.0.0.1:${first}`, topic: TOPIC, configFile: tls, pid: gateway.pid },
    ],
    resetTopic,
    stop: async () => {
      haproxyPlain.stop()
      haproxyTls.stop()
      gateway.stop()
      await admin.close()
      await kafka.stop()
    },
  }
}

/** A broker with a listener per relay, because a relay of bytes cannot change the addresses that clients are told. */
function startBroker(
  relayed: readonly { readonly name: string; readonly port: number; readonly advertisedPort: number }[],
): Promise<Kafka> {
  return startKafka({
    jvm: ['-Xms512m', '-Xmx1g', '-XX:TieredStopAtLevel=4'],
    extraListeners: () => relayed.map((listener) => ({ ...listener, advertisedHost: '127.0.0.1' })),
  })
}

function administratorOf(kafka: Kafka): ReturnType<typeof openKafkaAdmin> {
  return openKafkaAdmin({
    bootstrapServers: kafka.bootstrapServers.split(','),
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    clientId: 'bench',
  })
}

/** The gateway as a process of its own, on a snapshot it finds on disk: the control plane is not part of the question. */
async function startGateway(
  directory: string,
  kafka: Kafka,
  certificates: { readonly certFile: string; readonly keyFile: string },
  ports: { readonly first: number; readonly health: number },
): Promise<{ readonly pid: number; stop(): void }> {
  const snapshotFile = join(directory, 'snapshot.json')
  const tokenFile = join(directory, 'token')
  writeFileSync(snapshotFile, JSON.stringify(snapshotOf(kafka)))
  writeFileSync(tokenFile, 'unused')
  const child = spawn(process.execPath, [GATEWAY], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      KAAS_KAFKA_PORT: String(ports.first),
      KAAS_GATEWAY_HEALTH_PORT: String(ports.health),
      KAAS_GATEWAY_CERTIFICATE_FILE: certificates.certFile,
      KAAS_GATEWAY_KEY_FILE: certificates.keyFile,
      KAAS_SNAPSHOT_URL: 'http://127.0.0.1:1/',
      KAAS_SNAPSHOT_TOKEN_FILE: tokenFile,
      KAAS_SNAPSHOT_FILE: snapshotFile,
      KAAS_LOG_LEVEL: 'error',
    },
  })
  const ready = `http://127.0.0.1:${ports.health}/readyz`
  await waitFor(async () => (await fetch(ready)).ok, { what: 'the gateway to be ready', timeoutMs: 20_000 })
  return { pid: child.pid ?? 0, stop: () => void child.kill('SIGTERM') }
}

function snapshotOf(kafka: Kafka): GatewaySnapshot {
  const brokers = [{ nodeId: 0, host: kafka.host, port: kafka.ports[0] ?? 0 }]
  const limits = { partitions: 1000, retentionMs: 7 * 86_400_000, connections: 1000 }
  return {
    version: 1,
    clusters: [{ name: 'local', bootstrapServers: [kafka.bootstrapServers], tls: { enabled: false }, brokers }],
    tenants: [{ name: TENANT, cluster: 'local', limits, paused: false }],
  }
}

async function createUser(admin: ReturnType<typeof openKafkaAdmin>, password: string): Promise<void> {
  const salt = randomBytes(16)
  const credential = { user: USER, mechanism: 'SCRAM-SHA-512', iterations: 4096, salt } as const
  const saltedPassword = saltPassword('SCRAM-SHA-512', password, salt, 4096)
  await admin.upsertScramCredentials([{ ...credential, saltedPassword }])
  const acl = { name: `${TENANT}.`, pattern: 'prefixed', principal: `User:${USER}`, host: '*', permission: 'allow' } as const
  await admin.createAcls((['topic', 'group'] as const).map((resource) => ({ ...acl, resource, operation: 'all' })))
  // The performance consumer takes a group of its own making, which is outside the prefix when it goes direct.
  await admin.createAcls([{ ...acl, resource: 'group', name: '*', pattern: 'literal', operation: 'all' }])
}

function writeProperties(directory: string, name: string, properties: Readonly<Record<string, string>>): string {
  const file = join(directory, `${name}.properties`)
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}`)
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}
