// SPDX-License-Identifier: Apache-2.0
/** The audit log in a real Kafka: nothing lost, in order per resource, whatever goes away meanwhile. */
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { headersOf, type KafkaRecord, readBatches, readRecords } from '@kaas/kafka-records'
import { type AuditEntry, openStore, type Store } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import { type Postgres, startKafka, startPostgres, waitFor } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AUDIT_EXPORT, AuditExporter } from '../../src/audit-export/audit-exporter.ts'

type Kafka = Awaited<ReturnType<typeof startKafka>>

describe('The audit log goes to a topic', () => {
  let kafka: Kafka
  let postgres: Postgres
  let admin: KafkaAdmin
  let stores: Store[]
  let exporters: AuditExporter[]
  let url: string
  let topic: { readonly name: string; readonly keptMs: number }
  let count = 0

  beforeAll(async () => {
    const started = await Promise.all([startKafka(), startPostgres()])
    kafka = started[0]
    postgres = started[1]
    const { bootstrapServers, admin: credentials } = kafka
    const login = { ...credentials, mechanism: 'SCRAM-SHA-512' } as const
    admin = openKafkaAdmin({
      bootstrapServers: [bootstrapServers],
      credentials: login,
      clientId: 'test',
      callTimeoutMs: 10_000,
    })
  })
  afterAll(async () => {
    await admin?.close()
    await Promise.all([kafka?.stop(), postgres?.stop()])
  })
  beforeEach(async () => {
    count += 1
    topic = { name: `system.audit-${count}`, keptMs: 86_400_000 }
    url = await postgres.createDatabase(`audit_export_${count}`)
    stores = []
    exporters = []
    await putCluster(await newStore())
  })
  afterEach(async () => {
    await Promise.all(exporters.map((each) => each.close()))
    await Promise.all(stores.map((each) => each.close()))
  })

  it('with all that readers need, in order per resource, from the first record on [R70]', async () => {
    const [store] = stores as [Store]
    await write(store, 60, ['/v1/tenants/a', '/v1/tenants/b', '/v1/tenants/c'])
    newExporter(store)
    await allSent(store)
    const records = await readTopic()
    const { items } = await store.listAudit({ limit: 1000, after: 0 })
    expect(inOrderPerKey(records)).toEqual(true)
    expect(records.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort())
    const first = records.find(({ key }) => key === '/v1/tenants/a')
    expect(first?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      ce_specversion: '1.0',
      ce_type: 'dev.kaas.audit.put',
      ce_subject: '/v1/tenants/a',
    })
    expect(first?.event).toMatchObject({ specversion: '1.0', data: { actor: 'ada', outcome: 'allowed', rule: 'test' } })
  })

  it('that is made with retention from the configuration, deletes and does not compact, and is corrected when it differs', async () => {
    const [store] = stores as [Store]
    newExporter(store)
    await write(store, 1)
    await allSent(store)
    expect(await settings()).toEqual({ 'cleanup.policy': 'delete', 'retention.ms': '86400000', 'min.insync.replicas': '1' })
    await exporters[0]?.close()
    topic = { ...topic, keptMs: 3_600_000 }
    newExporter(store)
    await write(store, 1)
    await waitFor(async () => (await settings())['retention.ms'] === '3600000', { what: 'the new retention' })
  })

  it('while Kafka goes away and comes back: it waits, says so, and loses nothing [R70]', async () => {
    const [store] = stores as [Store]
    const exporter = newExporter(store)
    await write(store, 20)
    await allSent(store)
    await kafka.kill()
    await write(store, 40)
    const failed = await waitFor(
      async () => {
        const health = await exporter.health()
        return health.state === 'failed' ? health : undefined
      },
      { what: 'the export to say that it fails' },
    )
    expect(failed.message).toMatch(/^40 audit records wait for the topic system\.audit-\d+ on main: /)
    await kafka.restart()
    await allSent(store)
    expect((await exporter.health()).state).toBe('well')
    await expectAll(store)
  })

  it('when its process dies in the middle: another goes on, doubles have the same id [R70]', async () => {
    const [store] = stores as [Store]
    await write(store, 700, ['/v1/tenants/a', '/v1/tenants/b'])
    const dying = newExporter(store)
    await waitFor(async () => dying.sent > 0, { what: 'the first records' })
    await dying.close()
    // As after a kill between Kafka and the database: what was sent last is not remembered.
    const lease = { name: AUDIT_EXPORT, holder: 'killed', leaseMs: 1 }
    const position = (await store.takeLease(lease)) ?? 0
    expect(position).toBeGreaterThan(0)
    await store.moveLease(lease, Math.max(0, position - 100))
    newExporter(await newStore())
    await allSent(store)
    const records = await expectAll(store)
    expect(records.length).toBeGreaterThan(700)
  })

  it('once, when two control planes share one database: one sends, the other takes over', async () => {
    const [store] = stores as [Store]
    const other = await newStore()
    const both = [newExporter(store), newExporter(other)]
    await write(store, 50)
    await write(other, 50)
    await allSent(store)
    expect(both.map(({ sent }) => sent).sort((a, b) => a - b)).toEqual([0, await total(store)])
    const sender = both.find(({ sent }) => sent > 0)
    await sender?.close()
    await write(store, 10)
    await allSent(store)
    const records = await expectAll(store)
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
  })

  it('that somebody deleted is made again, and what comes then is in it', async () => {
    const [store] = stores as [Store]
    newExporter(store)
    await write(store, 5)
    await allSent(store)
    await admin.deleteTopics([topic.name])
    await write(store, 5, ['/v1/tenants/late'])
    await allSent(store)
    await waitFor(async () => (await readTopic()).filter(({ key }) => key === '/v1/tenants/late').length === 5, {
      what: 'the records after the deletion',
    })
  })

  it('also when a record is larger than Kafka takes: its documents stay in the database', async () => {
    const [store] = stores as [Store]
    newExporter(store)
    const spec = {
      text: Array.from({ length: 900_000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 90))).join(''),
    }
    await store.saveAudit({ ...entry('/v1/tenants/large'), before: { spec }, after: { spec: { text: 'x' } } })
    await write(store, 3)
    await allSent(store)
    const large = (await expectAll(store)).find(({ key }) => key === '/v1/tenants/large')
    expect(large?.event).toMatchObject({ data: { changes: [], shortened: expect.any(String) } })
  })

  async function newStore(): Promise<Store> {
    const store = await openStore({ databaseUrl: url, secretsKey: Buffer.alloc(32, 1) })
    stores.push(store)
    return store
  }

  function newExporter(store: Store): AuditExporter {
    const exporter = new AuditExporter(store, { cluster: 'main', topic }, SILENT)
    exporters.push(exporter)
    return exporter
  }

  async function putCluster(store: Store): Promise<void> {
    const spec = {
      bootstrapServers: [kafka.bootstrapServers],
      tls: { enabled: false },
      admin: { username: kafka.admin.username, passwordFile: kafka.adminPasswordFile, mechanism: 'SCRAM-SHA-512' as const },
      engine: 'existing' as const,
    }
    const key = { kind: 'KafkaCluster', name: 'main' } as const
    await store.saveResource({ key, spec, labels: {}, annotations: {} }, { audit: entry('/v1/kafkaclusters/main') })
  }

  async function settings() {
    const names = ['cleanup.policy', 'retention.ms', 'min.insync.replicas']
    const entries = await admin.describeConfigs('topic', topic.name, names)
    return Object.fromEntries(entries.map(({ name, value }) => [name, value]))
  }

  /** All records of the topic, partition by partition. */
  async function readTopic(): Promise<readonly SentRecord[]> {
    const leaders = await admin.findLeaders([topic.name])
    const ends = await admin.listOffsets(leaders, { kind: 'latest' })
    const records: SentRecord[] = []
    for (const { partition, leader, topicId } of leaders) {
      if (leader === undefined) continue
      const end = ends.find((each) => each.partition === partition)?.offset ?? 0
      for (let offset = 0; offset < end; ) {
        const [answer] = await admin.fetchRecords({
          topic: topic.name,
          topicId,
          leader,
          partitions: [{ partition, offset, maxBytes: 5_000_000 }],
          isolation: 'uncommitted',
          maxBytes: 5_000_000,
          maxWaitMs: 500,
        })
        for (const batch of readBatches(answer?.records ?? Buffer.of())) {
          records.push(...[...readRecords(batch)].map(sentRecordOf))
          offset = batch.lastOffset + 1
        }
      }
    }
    return records
  }

  async function expectAll(store: Store): Promise<readonly SentRecord[]> {
    const records = await readTopic()
    const { items } = await store.listAudit({ limit: 5000, after: 0 })
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set(items.map(({ id }) => id)))
    expect(inOrderPerKey(firstsOf(records))).toBe(true)
    return records
  }
})

interface SentRecord {
  readonly key: string
  readonly id: string
  readonly sequence: number
  readonly headers: Readonly<Record<string, string>>
  readonly event: unknown
}

function sentRecordOf(record: KafkaRecord): SentRecord {
  const headers = Object.fromEntries([...headersOf(record)].map(({ name, value }) => [name, String(value)]))
  const event = JSON.parse(String(record.value))
  return { key: String(record.key), id: event.id, sequence: Number(event.sequence), headers, event }
}

/** What a reader keeps who drops what she has seen. */
function firstsOf(records: readonly SentRecord[]): readonly SentRecord[] {
  return records.filter(({ id }, index) => records.findIndex((each) => each.id === id) === index)
}

function inOrderPerKey(records: readonly SentRecord[]): boolean {
  return [...Map.groupBy(records, ({ key }) => key).values()].every((ofKey) =>
    ofKey.every(({ sequence }, index) => index === 0 || sequence > (ofKey[index - 1]?.sequence ?? 0)),
  )
}

function entry(subject: string): AuditEntry {
  return { actor: 'ada', action: 'put', subject, outcome: 'allowed', rule: 'test' }
}

async function write(store: Store, count: number, subjects: readonly string[] = ['/v1/tenants/a']): Promise<void> {
  for (let index = 0; index < count; index += 1) await store.saveAudit(entry(subjects[index % subjects.length] ?? ''))
}

async function total(store: Store): Promise<number> {
  return (await store.checkAudit()).records
}

async function allSent(store: Store): Promise<void> {
  await waitFor(async () => (await store.leaseProgress(AUDIT_EXPORT)).waiting === 0, {
    what: 'all to be sent',
  })
}

const SILENT: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => SILENT }
