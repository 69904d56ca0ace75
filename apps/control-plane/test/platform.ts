// SPDX-License-Identifier: Apache-2.0
/**
 * A platform for tests of the reconciler: a real store, a real Kafka, and short ways to write intent as the API does. No API and no
 * gateway.
 */

import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TenantSpec, TopicSpec, UserSpec } from '@kaas/domain'
import { tenantSchema, topicSchema, userSchema } from '@kaas/domain'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { saltPassword } from '@kaas/kafka-protocol'
import { openStore, type ResourceKey, renderKey, SCRAM_MECHANISMS, type Store, type StoredResource } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { type Kafka, startKafka, temporaryDirectory, waitFor } from '@kaas/testkit'

/** What a test has at hand. */
export interface Platform {
  readonly kafka: Kafka
  readonly store: Store
  /** Kafka's administrator, for looking and for meddling. */
  readonly admin: KafkaAdmin
  readonly log: Log
  /** The cluster `main`, which is `kafka`. */
  saveCluster(): Promise<void>
  /** A cluster without login at any address. */
  saveClusterAt(name: string, bootstrapServer: string): Promise<void>
  /** Gives a cluster the status of one that was reached once, so that tenants are placed on it. */
  pretendReached(name: string): Promise<void>
  saveTenant(name: string, spec?: Partial<TenantSpec>): Promise<void>
  saveTopic(tenant: string, name: string, spec?: Partial<TopicSpec>): Promise<void>
  /** Also stores a password for a new user, and returns it. */
  saveUser(tenant: string, name: string, spec?: Partial<UserSpec>): Promise<string>
  remove(key: ResourceKey): Promise<void>
  load(key: ResourceKey): Promise<StoredResource | undefined>
  /** Waits until the resource is ready for its newest intent. */
  ready(key: ResourceKey): Promise<StoredResource>
  /** Waits until its Ready condition has this reason. */
  reason(key: ResourceKey, reason: string): Promise<StoredResource>
  gone(key: ResourceKey): Promise<void>
  stop(): Promise<void>
}

const AUDIT = { actor: 'test', action: 'test', subject: 'test', outcome: 'allowed', rule: 'test' } as const

/** Starts Kafka and an empty embedded store. */
export async function startPlatform(): Promise<Platform> {
  const [kafka, directory] = [await startKafka(), temporaryDirectory('store')]
  const store = await openStore({ directory, secretsKey: randomBytes(32) })
  const passwordFile = join(directory, 'admin-password')
  writeFileSync(passwordFile, `${kafka.admin.password}\n`, { mode: 0o600 })
  const credentials = { ...kafka.admin, mechanism: 'SCRAM-SHA-512' } as const
  const admin = openKafkaAdmin({ bootstrapServers: [kafka.bootstrapServers], credentials })
  const save = async (key: ResourceKey, spec: StoredResource['spec']) => {
    await store.saveResource({ key, spec: spec as never, labels: {}, annotations: {} }, { audit: AUDIT })
  }
  const load = (key: ResourceKey) => store.loadResource(key)
  return {
    kafka,
    store,
    admin,
    log: silentLog,
    saveCluster: () =>
      save(
        { kind: 'KafkaCluster', name: 'main' },
        {
          bootstrapServers: [kafka.bootstrapServers],
          tls: { enabled: false },
          admin: { username: kafka.admin.username, passwordFile, mechanism: 'SCRAM-SHA-512' },
          engine: 'apache',
        },
      ),
    saveClusterAt: (name, bootstrapServer) =>
      save(
        { kind: 'KafkaCluster', name },
        { bootstrapServers: [bootstrapServer], tls: { enabled: false }, engine: 'existing' },
      ),
    pretendReached: async (name) => {
      const cluster = await waitFor(() => load({ kind: 'KafkaCluster', name }), { what: `${name} to be stored` })
      const status = {
        conditions: [],
        observedGeneration: 1,
        observed: { clusterId: name, brokers: [], replicationFactor: 1 },
      }
      await store.saveStatus({ kind: 'KafkaCluster', name }, cluster.uid, status)
    },
    saveTenant: (name, spec = {}) => save({ kind: 'Tenant', name }, tenantSpec(spec)),
    saveTopic: (tenant, name, spec = {}) => save({ kind: 'Topic', tenant, name }, topicSchema.shape.spec.parse(spec)),
    saveUser: async (tenant, name, spec = {}) => {
      const key = { kind: 'User', tenant, name } as const
      const isNew = (await load(key)) === undefined
      const password = randomBytes(12).toString('hex')
      await save(key, userSchema.shape.spec.parse(spec))
      if (isNew) await store.saveCredential(key, { mechanism: 'SCRAM-SHA-512', values: valuesOf(password) })
      return password
    },
    remove: async (key) => {
      await store.markDeleted(key, { audit: AUDIT })
    },
    load,
    ready: (key) => waitFor(async () => ready(await load(key)), { what: `${renderKey(key)} to be ready`, pollMs: 5 }),
    reason: (key, reason) =>
      waitFor(async () => withReason(await load(key), reason), {
        what: `${renderKey(key)} to say ${reason}`,
      }),
    gone: async (key) => {
      await waitFor(async () => (await load(key)) === undefined, { what: `${renderKey(key)} to be gone` })
    },
    stop: async () => {
      await admin.close()
      await store.close()
      await kafka.stop()
    },
  }
}

function tenantSpec(spec: Partial<TenantSpec>): TenantSpec {
  return tenantSchema.shape.spec.parse({ workload: { produce: '5MB/s', consume: '15MB/s', retention: '7d' }, ...spec })
}

function valuesOf(password: string) {
  return SCRAM_MECHANISMS.map((mechanism) => {
    const salt = randomBytes(24)
    return { mechanism, iterations: 4096, salt, saltedPassword: saltPassword(mechanism, password, salt, 4096) }
  })
}

function ready(resource: StoredResource | undefined): StoredResource | undefined {
  if (resource?.status?.observedGeneration !== resource?.generation) return undefined
  return resource?.status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
    ? resource
    : undefined
}

function withReason(resource: StoredResource | undefined, reason: string): StoredResource | undefined {
  return resource?.status?.conditions.some((condition) => condition.type === 'Ready' && condition.reason === reason)
    ? resource
    : undefined
}

const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silentLog }
