// SPDX-License-Identifier: Apache-2.0
/** Sampling over real Kafka: one of several control planes does it, another takes over, and a cluster that hangs delays nobody. */

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { saltPassword } from '@kaas/kafka-protocol'
import { PLATFORM_USER, WAY_IN } from '@kaas/planner'
import { createCertificates, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../../test/platform.ts'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { KafkaClusters } from '../kafka/kafka-clusters.ts'
import { OwnKafka } from '../kafka/own-kafka.ts'
import { TenantKafka } from '../kafka-views/tenant-kafka.ts'
import { type Reconciler, startReconciler } from '../reconciler/start-reconciler.ts'
import { Placements } from '../tenants/placements.ts'
import { loadUsage } from './load-usage.ts'
import { Sampler } from './sampler.ts'

let platform: Platform
let reconciler: Reconciler
const clusters = new KafkaClusters({ placesPerCluster: 8, callTimeoutMs: 3_000 })
/** Takes connections and never says a word. */
const hanging = createServer(() => {})

beforeAll(async () => {
  platform = await startPlatform()
  reconciler = startReconciler({ store: platform.store, log: platform.log, kafkaTimeoutMs: 3_000 })
  await platform.saveCluster()
  await platform.ready({ kind: 'KafkaCluster', name: 'main' })
  await platform.saveTenant('orders', { cluster: 'main' })
  await platform.saveTopic('orders', 'payments', { partitions: 2 })
  await platform.ready({ kind: 'Topic', tenant: 'orders', name: 'payments' })
  await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
  await platform.saveClusterAt('stuck', `127.0.0.1:${(hanging.address() as AddressInfo).port}`)
  await platform.admin.alterGroupOffsets({ groupId: 'orders.readers', type: 'classic' }, [
    { topic: 'orders.payments', partition: 0, offset: 0n },
  ])
})

afterAll(async () => {
  hanging.close()
  await reconciler?.stop()
  await clusters.close()
  await platform?.stop()
})

function startSampler(): Sampler {
  const { store, log } = platform
  const kafka = new TenantKafka(store, clusters, new OwnKafka(undefined))
  return new Sampler({
    store,
    log,
    kafka,
    placements: new Placements(store),
    gatewayUrls: [],
    mostThings: 100,
    everyMs: 400,
  })
}

test('one samples, a cluster that hangs is named and delays nobody, and another takes over when the first goes', async () => {
  const first = startSampler()
  await waitFor(() => first.state.holder, { what: 'the first to hold' })
  const second = startSampler()
  const question = { metrics: 'partitions,storedBytes,lag' }
  const usage = await waitFor(
    async () => {
      const { series } = await loadUsage(platform, 'orders', question)
      const last = series.map(({ points }) => points.at(-1)?.[1] ?? points.at(-2)?.[1])
      return last[0] === 2 && last[2] === 0 ? series : undefined
    },
    { what: 'a point of the tenant' },
  )
  expect(usage.map(({ metric }) => metric)).toEqual(['partitions', 'storedBytes', 'lag'])
  await waitFor(() => first.state.silent.some(({ what }) => what === 'cluster stuck'), {
    what: 'stuck to be named',
  })
  expect(first.state.silent.map(({ what }) => what)).toEqual(['cluster stuck'])
  expect(second.state.holder).toBe(false)

  await first.stop()
  await waitFor(() => second.state.holder, { what: 'the second to take over' })
  expect((await loadUsage(platform, 'orders', { metrics: 'lag', group: 'readers' })).series[0]?.group).toBe('readers')
  await second.stop()
})

test('hours are read beyond two days, the open hour from its minutes, and wrong questions are refused', async () => {
  const now = Date.now()
  const hour = Math.floor(now / 3_600_000) * 3_600_000
  const tenant = { tenant: 'orders', kind: 'tenant', name: '' } as const
  await platform.store.saveSeries('hour', hour - 80 * 3_600_000, [{ ...tenant, values: [11] }])
  await platform.store.saveSeries('minute', now, [{ ...tenant, values: [22] }])
  const from = new Date(hour - 81 * 3_600_000).toISOString()
  const { series, stepMs, since } = await loadUsage(platform, 'orders', { metrics: 'bytesIn', from })
  expect(stepMs).toBe(3_600_000)
  expect(series[0]?.points).toHaveLength(82)
  expect(series[0]?.points[1]).toEqual([hour - 80 * 3_600_000, 11])
  expect(series[0]?.points.at(-1)).toEqual([hour, 22])
  expect(series[0]?.limit).toBe(5_000_000)
  expect(Date.parse(since ?? '')).toBeLessThanOrEqual(hour - 80 * 3_600_000)

  for (const wrong of [
    { metrics: 'colour' },
    { metrics: 'bytesOut', topic: 'payments' },
    { metrics: 'lag', topic: 'a', group: 'b' },
    { metrics: 'lag', from: 'yesterday' },
    { metrics: 'lag', from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' },
  ]) {
    await expect(loadUsage(platform, 'orders', wrong)).rejects.toMatchObject({ code: 'usage-invalid' })
  }
  await expect(loadUsage(platform, 'nobody', { metrics: 'lag' })).rejects.toMatchObject({ code: 'resource-absent' })
})

test('a tenant that is gone takes the connection to her own Kafka along', async () => {
  const { caPem, certPem, keyPem } = await createCertificates()
  const open = new Set<object>()
  const [host = '', port = ''] = platform.kafka.bootstrapServers.split(':')
  // Kafka of this test speaks no TLS; what stands before it does.
  const door = createTlsServer({ cert: certPem, key: keyPem }, (socket) => {
    open.add(socket)
    const behind = connect(Number(port), host)
    socket.pipe(behind).pipe(socket)
    for (const each of [socket, behind]) each.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      behind.destroy()
    })
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const own = new OwnKafka(codeShowing(`127.0.0.1:${(door.address() as AddressInfo).port}`, caPem))
  const kafka = new TenantKafka(platform.store, clusters, own)
  const key = { kind: 'Tenant', name: 'leaving' } as const
  await platform.saveTenant(key.name, { isolation: 'namespace' })
  await makePlatformUser()
  await kafka.in(key.name, ({ admin }) => admin.describeAcls({}))
  expect(open.size).toBe(1)
  await platform.store.removeResource(key, (await platform.load(key))?.uid ?? '')
  await kafka.forgetGone()
  await waitFor(() => open.size === 0, { what: 'the connection to be closed' })
  await expect(kafka.in(key.name, async () => 'seen')).rejects.toMatchObject({ code: 'resource-absent' })
  door.close()
})

const PASSWORD = 'made-by-strimzi'

/** As Strimzi's user operator makes it, as far as this test looks. */
async function makePlatformUser(): Promise<void> {
  const [mechanism, salt, iterations] = ['SCRAM-SHA-512', randomBytes(24), 4096] as const
  const saltedPassword = saltPassword(mechanism, PASSWORD, salt, iterations)
  await platform.admin.upsertScramCredentials([{ user: PLATFORM_USER, mechanism, iterations, salt, saltedPassword }])
  const cluster = { resource: 'cluster', name: 'kafka-cluster', pattern: 'literal' } as const
  const who = { principal: `User:${PLATFORM_USER}`, host: '*', operation: 'describe', permission: 'allow' } as const
  await platform.admin.createAcls([{ ...cluster, ...who }])
}

/** Kubernetes as it shows a Kafka at `bootstrap`, and Strimzi's Secret with the log-in of the control plane. */
function codeShowing(bootstrap: string, caPem: string): TenantsAsCode {
  const spec = { kafka: { listeners: [{ name: 'scram', type: 'loadbalancer', authentication: { type: 'scram-sha-512' } }] } }
  const status = { listeners: [{ name: 'scram', bootstrapServers: bootstrap, certificates: [caPem] }] }
  const objects = [
    { kind: 'Kafka', name: 'leaving', namespace: 'kaas-leaving', spec, status },
    { kind: 'KafkaUser', name: PLATFORM_USER, namespace: 'kaas-leaving', annotations: { [WAY_IN]: 'external' } },
  ]
  const watch = {
    objectsOf: () => objects,
    readSecret: async (_: string, name: string) => (name === PLATFORM_USER ? { password: PASSWORD } : undefined),
  }
  return { clusters: { management: async () => watch } } as unknown as TenantsAsCode
}
