// SPDX-License-Identifier: Apache-2.0
/** What the store promises, on both databases: the embedded one and PostgreSQL. */
import type { Store, StoreChange } from '@kaas/store'
import { databaseEngines, type TestDatabase, waitFor } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asAdministrator, shareIntent, statusOf, tenantIntent, topicIntent, userIntent } from './intents.ts'

describe.each(databaseEngines())('$name', (engine) => {
  let database: TestDatabase
  let store: Store
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    database = await engine.newDatabase()
    store = await database.open()
  })
  afterEach(() => store.close())

  describe('intent', () => {
    it('is kept over a restart, with status, audit and events', async () => {
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      const saved = await store.saveResource(topicIntent('orders', 'payments', 6), asAdministrator)
      await store.saveStatus(saved.resource, saved.resource.uid, statusOf('True', { partitions: 6 }))
      await store.close()
      store = await database.open()
      const topic = await store.loadResource({ kind: 'Topic', tenant: 'orders', name: 'payments' })
      expect(topic).toMatchObject({ generation: 1, spec: { partitions: 6 }, status: { observed: { partitions: 6 } } })
      expect((await store.listEvents(0, 10)).map((event) => event.type)).toEqual(['created', 'created', 'status'])
      expect((await store.listAudit({ limit: 10 })).items).toHaveLength(2)
    })

    it('grows one generation with each change and none with the same again', async () => {
      const outcomes = []
      for (const produce of ['5MB/s', '5MB/s', '6MB/s']) {
        const { outcome, resource } = await store.saveResource(tenantIntent('orders', produce), asAdministrator)
        outcomes.push([outcome, resource.generation])
      }
      expect(outcomes).toEqual([
        ['created', 1],
        ['unchanged', 1],
        ['updated', 2],
      ])
      expect((await store.listAudit({ limit: 10 })).items.map((record) => record.after)).toMatchObject([
        { generation: 2 },
        { generation: 1 },
      ])
    })

    it('is not overwritten by a writer who saw an older one', async () => {
      await store.saveResource(tenantIntent('orders'), { ...asAdministrator, expectedGeneration: 0 })
      await store.saveResource(tenantIntent('orders', '6MB/s'), { ...asAdministrator, expectedGeneration: 1 })
      const late = store.saveResource(tenantIntent('orders', '7MB/s'), { ...asAdministrator, expectedGeneration: 1 })
      await expect(late).rejects.toMatchObject({ code: 'resource-changed' })
    })

    it('of two who create the same, exactly one wins', async () => {
      const tries = ['1MB/s', '2MB/s', '3MB/s', '4MB/s'].map((produce) =>
        store.saveResource(tenantIntent('orders', produce), { ...asAdministrator, expectedGeneration: 0 }),
      )
      const ends = await Promise.allSettled(tries)
      expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1)
      expect((await store.loadResource({ kind: 'Tenant', name: 'orders' }))?.generation).toBe(1)
    })

    it('of many who put the same without a condition, all succeed, one after the other', async () => {
      const rates = ['1MB/s', '2MB/s', '3MB/s', '4MB/s', '5MB/s']
      const saved = await Promise.all(
        rates.map((produce) => store.saveResource(tenantIntent('orders', produce), asAdministrator)),
      )
      expect(saved.map(({ outcome }) => outcome).sort()).toEqual(['created', ...Array(4).fill('updated')])
      expect(saved.map(({ resource }) => resource.generation).sort()).toEqual([1, 2, 3, 4, 5])
    })

    it('and everything that goes with it is undone together when the transaction fails', async () => {
      const failing = store.transaction(async (session) => {
        await session.saveResource(tenantIntent('orders'), asAdministrator)
        throw new Error('power cut')
      })
      await expect(failing).rejects.toThrow('power cut')
      expect(await store.loadResource({ kind: 'Tenant', name: 'orders' })).toBeUndefined()
      expect(await store.claimWork({ worker: 'w', leaseMs: 1000, limit: 1 })).toEqual([])
      expect(await store.listEvents(0, 10)).toEqual([])
      expect((await store.listAudit({ limit: 10 })).items).toEqual([])
      expect((await store.loadSnapshot()).version).toBe(0)
    })
  })

  describe('deletion', () => {
    it('of a tenant marks all that is in it, waits for the children, and ends with nothing left', async () => {
      const { resource: tenant } = await store.saveResource(tenantIntent('orders'), asAdministrator)
      const { resource: topic } = await store.saveResource(topicIntent('orders', 'payments'), asAdministrator)
      const { resource: user } = await store.saveResource(userIntent('orders', 'app'), asAdministrator)
      const { resource: other } = await store.saveResource(tenantIntent('billing'), asAdministrator)
      const marked = await store.markDeleted({ kind: 'Tenant', name: 'orders' }, asAdministrator)
      expect(marked?.deletionRequestedAt).toBeInstanceOf(Date)
      expect((await store.loadResource(topic))?.deletionRequestedAt).toBeInstanceOf(Date)
      expect((await store.loadResource(other))?.deletionRequestedAt).toBeUndefined()
      await dueNames(store)
      expect(await store.removeResource(topic, topic.uid)).toBe(true)
      expect(await dueNames(store)).toEqual(['app', 'orders'])
      expect(await store.removeResource(user, user.uid)).toBe(true)
      expect(await dueNames(store)).toEqual(['orders'])
      expect(await store.removeResource(tenant, tenant.uid)).toBe(true)
      expect(await store.removeResource(tenant, tenant.uid)).toBe(false)
      expect((await store.listResources({ kind: 'Tenant', limit: 9 })).items.map((each) => each.name)).toEqual(['billing'])
    })

    it('refuses changes until it is complete, and the next one with the name is another', async () => {
      const { resource } = await store.saveResource(tenantIntent('orders'), asAdministrator)
      await store.markDeleted(resource, asAdministrator)
      const change = store.saveResource(tenantIntent('orders', '9MB/s'), asAdministrator)
      await expect(change).rejects.toMatchObject({ code: 'resource-changed' })
      await store.removeResource(resource, resource.uid)
      const again = await store.saveResource(tenantIntent('orders'), asAdministrator)
      expect(again.resource.uid).not.toBe(resource.uid)
      expect(await store.saveStatus(resource, resource.uid, statusOf('True'))).toBe(false)
    })
  })

  describe('the queue', () => {
    it('gives an object to one worker only, however many ask', async () => {
      for (let index = 0; index < 20; index++) await store.saveResource(tenantIntent(`t${index}`), asAdministrator)
      const claims = await Promise.all(
        ['a', 'b', 'c', 'd'].map((worker) => store.claimWork({ worker, leaseMs: 60_000, limit: 10 })),
      )
      const names = claims.flat().map((item) => item.key.name)
      expect(new Set(names).size).toBe(names.length)
      expect(names.length).toBe(20)
    })

    it('gives it out again when a worker dies, and the dead one can no longer end it', async () => {
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      const [dead] = await store.claimWork({ worker: 'dead', leaseMs: 1500, limit: 1 })
      expect(await store.claimWork({ worker: 'next', leaseMs: 1000, limit: 1 })).toEqual([])
      const next = await waitForWork(store, 'next')
      if (dead === undefined) throw new Error('Nothing was claimed.')
      await store.finishWork(dead)
      expect(await store.extendClaim(dead, 1000)).toBe(false)
      expect(await store.extendClaim(next, 1000)).toBe(true)
    })

    it('makes an object due again at once when a write came while it was worked on', async () => {
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      const [item] = await store.claimWork({ worker: 'w', leaseMs: 60_000, limit: 1 })
      await store.saveResource(tenantIntent('orders', '6MB/s'), asAdministrator)
      if (item === undefined) throw new Error('Nothing was claimed.')
      await store.retryLater(item, 60_000, 'Kafka is away.')
      expect(await store.claimWork({ worker: 'w', leaseMs: 60_000, limit: 1 })).toMatchObject([{ attempts: 0 }])
    })

    it('counts failed tries, and says when to look again', async () => {
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      expect(await store.nextDueInMs()).toBe(0)
      const [first] = await store.claimWork({ worker: 'w', leaseMs: 60_000, limit: 1 })
      if (first === undefined) throw new Error('Nothing was claimed.')
      await store.retryLater(first, 1500, 'Kafka is away.')
      expect(await store.nextDueInMs()).toBeGreaterThan(0)
      const second = await waitForWork(store, 'w')
      expect(second.attempts).toBe(1)
      await store.finishWork(second)
      expect(await store.nextDueInMs()).toBeUndefined()
      await store.requestWork({ kind: 'Tenant' })
      expect(await store.nextDueInMs()).toBe(0)
    })
  })

  describe('listeners', () => {
    it('are woken after commit, and not by what was rolled back', async () => {
      const changes: StoreChange[] = []
      store.onChange((change) => changes.push(change))
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      await waitFor(() => ['work', 'snapshot', 'event'].every((each) => changes.includes(each as StoreChange)), {
        what: 'all wake-ups',
      })
    })

    it('hear of what somebody changed by hand, and the audit log has what it was', async () => {
      const { resource } = await store.saveResource(tenantIntent('orders'), asAdministrator)
      const audit = { actor: 'git', action: 'drift', subject: '/v1/x', outcome: 'denied', rule: 'rendered-files' } as const
      await store.saveDrift({ kind: 'Tenant', name: 'orders' }, { ...audit, after: { paths: ['a'] } })
      const events = await store.listEvents(0, 10)
      expect(events.at(-1)).toMatchObject({ type: 'drift', uid: resource.uid, generation: 1 })
      expect((await store.listAudit({ limit: 1, outcome: 'denied' })).items[0]).toMatchObject({ after: { paths: ['a'] } })
    })

    it('find where they stopped, by what was saved under a name', async () => {
      expect(await store.loadSetting('git-taken-over')).toBeUndefined()
      await store.saveSetting('git-taken-over', 'a')
      await store.saveSetting('git-taken-over', 'b')
      expect(await store.loadSetting('git-taken-over')).toBe('b')
    })

    it('read every event once and in order, with many writers at once', async () => {
      const writers = Array.from({ length: 30 }, (_, index) =>
        store.saveResource(tenantIntent(`t${index}`), asAdministrator),
      )
      const seen: number[] = []
      const reader = (async () => {
        while (seen.length < 30) seen.push(...(await store.listEvents(seen.at(-1) ?? 0, 7)).map((event) => event.sequence))
      })()
      await Promise.all(writers)
      await reader
      expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
      expect(await store.lastEventSequence()).toBe(30)
    })
  })

  describe('the gateway snapshot', () => {
    it('grows a version with what gateways must know, and with nothing else', async () => {
      const { resource } = await store.saveResource(tenantIntent('orders'), asAdministrator)
      const full = await store.loadSnapshot()
      expect(full.tenants.map((tenant) => tenant.name)).toEqual(['orders'])
      await store.saveResource(topicIntent('orders', 'payments'), asAdministrator)
      await store.saveStatus(resource, resource.uid, statusOf('False'))
      expect((await store.loadSnapshotChanges(full.version)).tenants).toEqual([])
      await store.saveStatus(resource, resource.uid, statusOf('True', { cluster: 'local' }))
      const changes = await store.loadSnapshotChanges(full.version)
      expect(changes.tenants).toMatchObject([{ name: 'orders', status: { observed: { cluster: 'local' } } }])
      await store.removeResource(resource, resource.uid)
      const removal = await store.loadSnapshotChanges(changes.version)
      expect(removal).toMatchObject({ tenants: [], removedTenants: ['orders'] })
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      expect(await store.loadSnapshotChanges(removal.version)).toMatchObject({
        removedTenants: [],
        tenants: [{ name: 'orders' }],
      })
    })

    it('shows a share with the tenant that receives it, and a share of nobody hides no removal', async () => {
      const { resource: shop } = await store.saveResource(tenantIntent('shop'), asAdministrator)
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      let { version } = await store.loadSnapshot()
      const next = async () => {
        const changes = await store.loadSnapshotChanges(version)
        version = changes.version
        return [changes.tenants.map(({ name }) => name), changes.shares.get('shop')?.map(({ name }) => name)]
      }
      const { resource: share } = await store.saveResource(shareIntent('orders', 'lent', 'shop'), asAdministrator)
      expect(await next()).toEqual([['shop'], ['lent']])
      await store.saveStatus(share, share.uid, statusOf('True', { share: {} }))
      await store.markDeleted(share, asAdministrator)
      expect(await next()).toEqual([['shop'], ['lent']])
      await store.removeResource(share, share.uid)
      expect(await next()).toEqual([['shop'], undefined])
      await store.removeResource(shop, shop.uid)
      await store.saveResource(shareIntent('orders', 'late', 'shop'), asAdministrator)
      expect(await store.loadSnapshotChanges(version)).toMatchObject({ tenants: [], removedTenants: ['shop'] })
    })

    it('lists the users whom only gateways can recognise with their tenant, and tells when they come, change and go', async () => {
      await store.saveResource(tenantIntent('orders'), asAdministrator)
      await store.saveResource(tenantIntent('shop'), asAdministrator)
      let { version } = await store.loadSnapshot()
      const next = async () => {
        const changes = await store.loadSnapshotChanges(version)
        version = changes.version
        return [changes.tenants.map(({ name }) => name), changes.externalUsers.get('orders')]
      }
      await store.saveResource(userIntent('orders', 'app'), asAdministrator)
      expect(await next()).toEqual([[], undefined])
      await store.saveResource(userIntent('orders', 'web', 'oauth'), asAdministrator)
      expect(await next()).toEqual([['orders'], [{ name: 'orders.web', proof: 'bearer' }]])
      await store.saveResource(userIntent('orders', 'web', 'tls'), asAdministrator)
      await store.saveResource(userIntent('orders', 'app', 'oauth'), asAdministrator)
      const both = [
        { name: 'orders.app', proof: 'bearer' },
        { name: 'orders.web', proof: 'certificate' },
      ]
      expect(await next()).toEqual([['orders'], both])
      expect((await store.loadSnapshot()).externalUsers.get('orders')).toEqual(both)
      await store.saveResource(userIntent('orders', 'web'), asAdministrator)
      await store.markDeleted({ kind: 'User', tenant: 'orders', name: 'app' }, asAdministrator)
      expect(await next()).toEqual([['orders'], undefined])
    })
  })

  describe('credentials', () => {
    const user = { kind: 'User', tenant: 'orders', name: 'app' } as const
    const value = (mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256', fill: number) => ({
      mechanism,
      iterations: 4096,
      salt: Buffer.alloc(16, fill),
      saltedPassword: Buffer.alloc(mechanism === 'SCRAM-SHA-512' ? 64 : 32, fill),
    })
    const password = (mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256', fill: number) => ({
      mechanism,
      values: [value('SCRAM-SHA-512', fill), value('SCRAM-SHA-256', fill)],
    })

    it('serve both mechanisms alone, one each as a pair, and never more than two', async () => {
      await store.saveResource(userIntent('orders', 'app'), asAdministrator)
      await store.saveCredential(user, password('SCRAM-SHA-512', 1))
      const fills = async () =>
        Object.fromEntries((await store.loadScramEntries(user)).map((entry) => [entry.mechanism, entry.salt[0]]))
      expect(await fills()).toEqual({ 'SCRAM-SHA-512': 1, 'SCRAM-SHA-256': 1 })
      const second = await store.saveCredential(user, password('SCRAM-SHA-256', 2))
      expect(await fills()).toEqual({ 'SCRAM-SHA-512': 1, 'SCRAM-SHA-256': 2 })
      await store.saveCredential(user, password('SCRAM-SHA-512', 3))
      expect(await fills()).toEqual({ 'SCRAM-SHA-512': 3, 'SCRAM-SHA-256': 2 })
      expect(await store.listCredentials(user)).toHaveLength(2)
      expect(await store.endCredentials(user, { id: second.id })).toBe(1)
      expect(await fills()).toEqual({ 'SCRAM-SHA-512': 3, 'SCRAM-SHA-256': 3 })
    })

    it('go with the user', async () => {
      const { resource } = await store.saveResource(userIntent('orders', 'app'), asAdministrator)
      await store.saveCredential(user, password('SCRAM-SHA-512', 1))
      await store.removeResource(resource, resource.uid)
      expect(await store.listCredentials(user)).toEqual([])
    })

    it('cannot be opened with another key: the start says so', async () => {
      await store.close()
      await expect(database.open(Buffer.alloc(32, 9))).rejects.toMatchObject({ code: 'config-invalid' })
      store = await database.open()
    })
  })

  describe('lists', () => {
    it('page by cursor without losing or doubling, in every order', async () => {
      for (const name of ['c', 'a', 'e', 'b', 'd', 'B', '_x'])
        await store.saveResource(topicIntent('orders', name), asAdministrator)
      for (const sort of ['name', '-name', 'createdAt', '-createdAt', '-updatedAt']) {
        const names: string[] = []
        let cursor: string | undefined
        do {
          const page = await store.listResources({
            kind: 'Topic',
            tenant: 'orders',
            limit: 2,
            sort,
            ...(cursor && { cursor }),
          })
          names.push(...page.items.map((topic) => topic.name))
          cursor = page.next
        } while (cursor !== undefined)
        const all = await store.listResources({ kind: 'Topic', limit: 100, sort })
        expect(names).toEqual(all.items.map((topic) => topic.name))
        expect(new Set(names).size).toBe(7)
      }
    })

    it('filter by name, label, field, readiness and deletion, also together', async () => {
      await store.saveResource(topicIntent('orders', 'payments', 6, { app: 'shop' }), asAdministrator)
      await store.saveResource(topicIntent('orders', 'paypal', 3, { app: 'bank' }), asAdministrator)
      const logs = await store.saveResource(topicIntent('orders', 'logs', 3, { app: 'shop' }), asAdministrator)
      await store.saveStatus(logs.resource, logs.resource.uid, statusOf('True'))
      await store.markDeleted({ kind: 'Topic', tenant: 'orders', name: 'paypal' }, asAdministrator)
      for (const [filter, expected] of FILTERS) {
        const page = await store.listResources({ kind: 'Topic', tenant: 'orders', limit: 10, filter })
        expect([filter, ...page.items.map((topic) => topic.name)]).toEqual([filter, ...expected])
      }
    })

    it('refuse what they cannot read, and say what can be written', async () => {
      for (const query of UNREADABLE) {
        const list = store.listResources({ kind: 'Topic', limit: 1, ...query })
        await expect(list, JSON.stringify(query)).rejects.toMatchObject({ code: 'usage-invalid', help: expect.any(String) })
      }
    })
  })
})

const FILTERS: readonly (readonly [string, readonly string[]])[] = [
  ['name~AY', ['payments', 'paypal']],
  ['name=payments', ['payments']],
  ['name!=payments', ['logs', 'paypal']],
  ['labels.app=shop', ['logs', 'payments']],
  ['labels.app!=shop', ['paypal']],
  ['labels.app=shop,spec.partitions=6', ['payments']],
  ['ready=true', ['logs']],
  ['ready=false,name~pay', ['payments', 'paypal']],
  ['deleting=true', ['paypal']],
  ['name~%', []],
  ['', ['logs', 'payments', 'paypal']],
]

const UNREADABLE = [
  { filter: 'colour=red' },
  { filter: "name'; drop table resources" },
  { filter: 'ready=perhaps' },
  { filter: Array(21).fill('name=a').join(',') },
  { sort: 'size' },
  { cursor: 'nonsense' },
  { cursor: Buffer.from('["name","desc","a","b"]').toString('base64url') },
]

function waitForWork(store: Store, worker: string) {
  return waitFor(async () => (await store.claimWork({ worker, leaseMs: 60_000, limit: 1 }))[0], { what: 'work to be due' })
}

/** Claims and finishes all that is due. */
async function dueNames(store: Store): Promise<readonly string[]> {
  const items = await store.claimWork({ worker: 'due', leaseMs: 60_000, limit: 100 })
  for (const item of items) await store.finishWork(item)
  return items.map((item) => item.key.name).sort()
}
