// SPDX-License-Identifier: Apache-2.0
/** A running control plane over real Kafka, for tests of what it says of Kafka: API client, administrator, short ways to orders. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UserSpec } from '@kaas/domain'
import { type ApiClient, createClient, describeKind } from '@kaas/http-contract'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import type { Log } from '@kaas/telemetry'
import { type Kafka, startKafka, type TestKafkaOptions, temporaryDirectory, waitFor } from '@kaas/testkit'
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from '../../src/control-plane.ts'

/** What a test has at hand. */
export interface ViewPlatform {
  readonly kafka: Kafka
  readonly controlPlane: ControlPlane
  readonly client: ApiClient
  readonly admin: KafkaAdmin
  /** A tenant, ready; on the cluster `main` unless told. */
  tenant(name: string, cluster?: string): Promise<void>
  topic(tenant: string, name: string, partitions?: number): Promise<void>
  /** A user who is ready. Returns her password. */
  user(tenant: string, name: string, spec: Partial<UserSpec>): Promise<string>
  /** Writes records as the administrator, round robin over `partitions`. */
  produce(physicalTopic: string, count: number, partitions?: number, bytes?: number): Promise<void>
  /** A member that reads the topic until it is told to leave. Physical names. */
  join(groupId: string, topic: string, protocol?: 'classic' | 'consumer'): Promise<{ leave(): Promise<void> }>
  stop(): Promise<void>
}

/** Starts Kafka, or takes one, and a control plane that knows it as `main`. */
export async function startViewPlatform(
  options: {
    readonly kafka?: TestKafkaOptions
    readonly controlPlane?: Partial<ControlPlaneOptions>
    /** Of the administrator, when `controlPlane` brings its own. */
    readonly token?: string
    /** Documents of more clusters. */
    readonly more?: readonly object[]
  } = {},
): Promise<ViewPlatform> {
  const [kafka, directory] = [await startKafka(options.kafka), temporaryDirectory('views')]
  const clustersFile = join(directory, 'clusters.json')
  writeFileSync(clustersFile, JSON.stringify([clusterDocument('main', kafka), ...(options.more ?? [])]))
  const token = options.token ?? randomBytes(16).toString('hex')
  const controlPlane = await startControlPlane({
    host: '127.0.0.1',
    port: 0,
    store: { directory, secretsKey: randomBytes(32) },
    tokens: { administrator: token, gateway: randomBytes(16).toString('hex') },
    clustersFile,
    eventsKeptMs: 86_400_000,
    auditKeptMs: 86_400_000,
    log: silentLog,
    ...options.controlPlane,
  })
  const client = createClient({ baseUrl: controlPlane.url, token, fetch })
  const credentials = { ...kafka.admin, mechanism: 'SCRAM-SHA-512' } as const
  const admin = openKafkaAdmin({ bootstrapServers: [kafka.bootstrapServers], credentials })
  return {
    kafka,
    controlPlane,
    client,
    admin,
    ...ordersOf(client),
    ...clientsOf(kafka),
    stop: async () => {
      await admin.close()
      await controlPlane.close()
      await kafka.stop()
    },
  }
}

/** The document of a cluster that is `kafka`. */
export function clusterDocument(name: string, kafka: Kafka): object {
  return {
    apiVersion: 'kaas.dev/v1',
    kind: 'KafkaCluster',
    metadata: { name },
    spec: {
      bootstrapServers: kafka.bootstrapServers.split(','),
      tls: { enabled: false },
      admin: { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile, mechanism: 'SCRAM-SHA-512' },
    },
  }
}

const WORKLOAD = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }

function ordersOf(client: ApiClient): Pick<ViewPlatform, 'tenant' | 'topic' | 'user'> {
  const put = async (kind: 'Tenant' | 'Topic' | 'User', name: string, tenant: string | undefined, spec: object) => {
    const metadata = tenant === undefined ? { name } : { name, tenant }
    const resource = { kind: describeKind(kind), ...metadata }
    const answer = await client.put(resource, { apiVersion: 'kaas.dev/v1', kind, metadata, spec })
    await waitFor(
      async () => {
        const found = await client.get(resource)
        return found.status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
      },
      { what: `${kind} ${name} to be ready` },
    )
    return answer
  }
  return {
    tenant: async (name, cluster = 'main') => void (await put('Tenant', name, undefined, { workload: WORKLOAD, cluster })),
    topic: async (tenant, name, partitions = 2) => void (await put('Topic', name, tenant, { partitions })),
    user: async (tenant, name, spec) => {
      const answer = await put('User', name, tenant, spec)
      return answer.credentials?.password ?? ''
    },
  }
}

function clientsOf(kafka: Kafka): Pick<ViewPlatform, 'produce' | 'join'> {
  const { username, password } = kafka.admin
  const connection = {
    clientId: 'test',
    bootstrapBrokers: kafka.bootstrapServers.split(','),
    sasl: { mechanism: 'SCRAM-SHA-512', username, password },
  } as const
  return {
    produce: async (topic, count, partitions = 1, bytes = 100) => {
      const producer = new Producer({ ...connection, serializers: stringSerializers, autocreateTopics: false })
      const message = { topic, key: 'k', value: 'x'.repeat(bytes) }
      await producer.send({
        messages: Array.from({ length: count }, (_, at) => ({ ...message, partition: at % partitions })),
      })
      await producer.close()
    },
    join: async (groupId, topic, groupProtocol = 'classic') => {
      const consumer = new Consumer({ ...connection, groupId, groupProtocol, deserializers: stringDeserializers })
      const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
      stream.on('data', () => {})
      return { leave: async () => void (await consumer.close(true)) }
    },
  }
}

const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (...what: readonly unknown[]) => process.stderr.write(`${JSON.stringify(what)}\n`),
  child: () => silentLog,
}
