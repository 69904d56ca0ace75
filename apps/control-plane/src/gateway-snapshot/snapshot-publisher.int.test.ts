// SPDX-License-Identifier: Apache-2.0
/** The publisher on a real store, and its streams over real sockets. */
import { randomBytes } from 'node:crypto'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { type SnapshotEvent, snapshotEventSchema, tenantSchema } from '@kaas/domain'
import { openStore, type Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SnapshotPublisher, startSnapshotPublisher } from './snapshot-publisher.ts'
import { streamSnapshot } from './stream-snapshot.ts'

let store: Store
let publisher: SnapshotPublisher
let server: Server

const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silentLog }

beforeAll(async () => {
  store = await openStore({ directory: temporaryDirectory('store'), secretsKey: randomBytes(32) })
  publisher = await startSnapshotPublisher({ store, log: silentLog })
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    streamSnapshot(publisher, response, { heartbeatMs: 50, maxWaitingBytes: 64 * 1024 })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await publisher?.stop()
  await store?.close()
})

test('a gateway gets the whole first and then each change, while the stream shows that it lives', async () => {
  await saveTenant('before')
  await publisher.whenPublished('before', 2_000)
  const gateway = await follow()
  const [first] = await waitFor(() => gateway.events.length > 0 && gateway.events, { what: 'the full state' })
  expect(first).toMatchObject({ kind: 'full', snapshot: { tenants: [{ name: 'before', paused: false }] } })
  await saveTenant('after')
  await waitFor(() => gateway.events.some((event) => event.kind === 'tenant' && event.tenant.name === 'after'), {
    what: 'a change',
  })
  await waitFor(() => gateway.text().includes(': still here'), { what: 'a heartbeat' })
  gateway.leave()
  await waitFor(() => publisher.subscribers === 0, { what: 'the subscription to end with its connection' })
})

test('who waits for a tenant goes on when all streams were sent its entry, or when time is up', async () => {
  const told: string[] = []
  const stop = publisher.subscribe(({ event }) => event.kind === 'tenant' && told.push(event.tenant.name))
  const waiting = publisher.whenPublished('awaited', 60_000)
  await saveTenant('awaited')
  await waiting
  expect(told).toEqual(['awaited'])
  await publisher.whenPublished('never', 60)
  stop()
})

test('a gateway that does not read costs bounded memory and ends with the newest state', async () => {
  const gateway = await follow()
  await waitFor(() => gateway.events.length > 0, { what: 'the full state' })
  gateway.pause()
  for (let round = 0; round < 40; round++) {
    await Promise.all(Array.from({ length: 10 }, (_, i) => saveTenant(`slow-${i}`, round + 1)))
  }
  gateway.resume()
  await waitFor(() => lastKnown(gateway.events).get('slow-9') === 40, { what: 'the newest limits' })
  gateway.leave()
})

/** Stores a tenant as the reconciler leaves it: with its claim. */
async function saveTenant(name: string, partitions = 1): Promise<void> {
  const spec = tenantSchema.shape.spec.parse({ workload: { produce: '1MB/s', retention: '1h', partitions } })
  const audit = { actor: 'test', action: 'test', subject: 'test', outcome: 'allowed', rule: 'test' } as const
  const { resource } = await store.saveResource(
    { key: { kind: 'Tenant', name }, spec, labels: {}, annotations: {} },
    { audit },
  )
  const status = { conditions: [], observedGeneration: 1, observed: { claimed: true, cluster: 'main' } }
  await store.saveStatus({ kind: 'Tenant', name }, resource.uid, status)
}

/** What a gateway would know after these events: partitions by tenant. */
function lastKnown(events: readonly SnapshotEvent[]): ReadonlyMap<string, number> {
  const known = new Map<string, number>()
  for (const event of events) {
    const tenants = event.kind === 'full' ? event.snapshot.tenants : event.kind === 'tenant' ? [event.tenant] : []
    for (const tenant of tenants) known.set(tenant.name, tenant.limits.partitions)
  }
  return known
}

interface Following {
  readonly events: SnapshotEvent[]
  text(): string
  pause(): void
  resume(): void
  leave(): void
}

async function follow(): Promise<Following> {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const response = await new Promise<IncomingMessage>((resolve) => get({ host: '127.0.0.1', port }, resolve))
  const events: SnapshotEvent[] = []
  let text = ''
  let read = 0
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      const data = /^data: (.*)$/m.exec(text.slice(read, end))?.[1]
      if (data !== undefined) events.push(snapshotEventSchema.parse(JSON.parse(data)))
      read = end + 2
    }
  })
  response.on('error', () => {})
  return {
    events,
    text: () => text,
    pause: () => void response.pause(),
    resume: () => void response.resume(),
    leave: () => response.destroy(),
  }
}
