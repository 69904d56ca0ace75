// SPDX-License-Identifier: Apache-2.0
/** The audit log: what it keeps, who finds what, and that nobody can change it unseen. On both databases. */
import { type AuditEntry, openStore, type Store } from '@kaas/store'
import { databaseEngines, type Postgres, startPostgres } from '@kaas/testkit'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asAdministrator, tenantIntent, topicIntent } from './intents.ts'

const browse: AuditEntry = {
  actor: 'ada',
  actorKind: 'person',
  provider: 'company',
  session: 's1',
  requestId: 'r1',
  action: 'browse',
  subject: '/v1/tenants/orders/topics/payments',
  outcome: 'allowed',
  rule: 'role',
  role: 'team-member',
  binding: 'team:default',
  remoteAddress: '192.0.2.1',
}
const denied: AuditEntry = {
  ...browse,
  actor: 'eve',
  outcome: 'denied',
  rule: 'not-allowed',
  message: 'No right to read Message here.',
}

describe.each(databaseEngines())('$name', (engine) => {
  let store: Store
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    store = await (await engine.newDatabase()).open()
  })
  afterEach(() => store.close())

  it('keeps who, from where, by which right and on whose tenant, in the order of what happened', async () => {
    await store.saveResource(tenantIntent('orders'), asAdministrator)
    await store.saveAudit(browse)
    const { items } = await store.listAudit({ limit: 10 })
    expect(items[0]).toMatchObject({ ...browse, sequence: 2, via: 'api', tenant: 'orders', team: 'default' })
    expect(items[1]).toMatchObject({ sequence: 1, actor: 'administrator', action: 'put' })
  })

  it('keeps what a gateway numbered once, though the gateway sends it again after a lost answer, or twice at once', async () => {
    const numbered = (...sequences: readonly number[]) =>
      sequences.map((sequence) => ({
        sequence,
        entry: { ...denied, via: 'gateway' as const, message: `number ${sequence}` },
      }))
    expect(await store.saveGatewayAudit('node-a', numbered(1, 2))).toBe(2)
    await Promise.all([
      store.saveGatewayAudit('node-a', numbered(1, 2, 3)),
      store.saveGatewayAudit('node-a', numbered(2, 3)),
    ])
    expect(await store.saveGatewayAudit('node-a', numbered(1, 2))).toBe(3)
    expect(await store.saveGatewayAudit('node-b', numbered(1))).toBe(1)
    const { items } = await store.listAudit({ limit: 10, after: 0 })
    expect(items.map(({ message }) => message)).toEqual(['number 1', 'number 2', 'number 3', 'number 1'])
    expect((await store.checkAudit()).problems).toEqual([])
  })

  it('finds records by each filter, and shows nobody what is not hers', async () => {
    await store.saveResource(tenantIntent('orders'), asAdministrator)
    await store.saveAudit(browse)
    await store.saveAudit(denied)
    const second = tenantIntent('orders_2')
    await store.saveAudit({ ...browse, subject: '/v1/tenants/orders_2/topics/a', actor: 'eve before there was orders_2' })
    await store.saveResource({ ...second, spec: { ...second.spec, team: 'marketing' } }, asAdministrator)
    await store.saveAudit({ ...browse, subject: '/v1/tenants/orders_2/topics/a', actor: 'bob' })
    await store.saveAudit({ ...browse, subject: '/v1/teams/sales', action: 'put' })
    const actors = async (filter: object) =>
      (await store.listAudit({ limit: 10, ...filter })).items.map(({ actor }) => actor)
    expect(await actors({ actor: 'eve' })).toEqual(['eve'])
    expect(await actors({ outcome: 'denied', action: 'browse' })).toEqual(['eve'])
    expect(await actors({ below: '/v1/tenants/orders' })).toEqual(['eve', 'ada'])
    expect(await actors({ tenant: 'orders_2' })).toEqual(['bob', 'eve before there was orders_2'])
    expect(await actors({ team: 'sales' })).toEqual(['ada'])
    expect(await actors({ text: 'NO RIGHT' })).toEqual(['eve'])
    expect(await actors({ text: '%' })).toEqual([])
    expect(await actors({ from: new Date(Date.now() + 60_000) })).toEqual([])
    expect(await actors({ until: new Date(Date.now() + 60_000), limit: 1 })).toEqual(['ada'])
    expect(await actors({ within: { teams: ['default'], tenants: ['orders_2'] } })).toEqual(['bob', 'eve', 'ada'])
    expect(await actors({ within: { teams: [], tenants: [] } })).toEqual([])
  })

  it('is followed without a gap or a double while many write', async () => {
    const heard: number[] = []
    let writing = true
    const follow = async () => {
      for (;;) {
        const done = !writing
        const { items } = await store.listAudit({ limit: 7, after: heard.at(-1) ?? 0 })
        heard.push(...items.map(({ sequence }) => sequence))
        if (done && items.length === 0) return
      }
    }
    const following = follow()
    const writers = ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
      for (let count = 0; count < 8; count += 1) {
        await store.saveAudit({ ...browse, actor: name })
        await store.saveResource(topicIntent('orders', `${name}-${count}`), asAdministrator)
      }
    })
    await Promise.all(writers)
    writing = false
    await following
    expect(heard).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
    expect(await store.checkAudit()).toMatchObject({ records: 80, problems: [] })
  })

  it('seals what is hard to write down in the same way twice: halves of characters, zero bytes, numbers, nothing', async () => {
    const hard = { text: '\ud800 \u0000 é', tiny: 1e-7, huge: 1e21, minus: -0, list: [null, undefined, {}], no: undefined }
    await store.saveAudit({ ...denied, message: '', subject: '/v1/\ud800', before: null, after: hard })
    expect(await store.checkAudit()).toMatchObject({ records: 1, problems: [] })
  })

  it('forgets what is too old and still shows that the rest is whole; what is not sent yet stays', async () => {
    const export_ = { name: 'audit-export', holder: 'one', leaseMs: 10_000 }
    for (const actor of ['a', 'b', 'c', 'd']) await store.saveAudit({ ...browse, actor })
    await store.takeLease(export_)
    await store.moveLease(export_, 2)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const kept = { eventsMs: 1, auditMs: 1 }
    expect(await store.trimHistory({ ...kept, auditSentBy: 'audit-export' })).toBe(2)
    await store.saveAudit(browse)
    expect(await store.checkAudit()).toMatchObject({ records: 3, first: 3, last: 5, problems: [] })
  })
})

describe('Somebody with the password of the database', () => {
  let postgres: Postgres
  let store: Store
  let client: pg.Client
  let count = 0
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())
  beforeEach(async () => {
    count += 1
    const databaseUrl = await postgres.createDatabase(`audit_${count}`)
    store = await openStore({ databaseUrl, secretsKey: Buffer.alloc(32, 7) })
    client = new pg.Client(databaseUrl)
    await client.connect()
    for (const actor of ['a', 'b', 'c', 'd']) await store.saveAudit({ ...browse, actor })
  })
  afterEach(async () => {
    await client.end()
    await store.close()
  })

  it.each([
    ['changes who it was', `update audit set actor = 'somebody' where sequence = 2`],
    ['changes when it was', `update audit set at = at - interval '1 hour' where sequence = 3`],
    ['takes a record out', 'delete from audit where sequence = 2'],
    [
      'takes a record out and closes the gap',
      'delete from audit where sequence = 2; update audit set sequence = sequence - 1 where sequence > 2',
    ],
    ['cuts off the newest', 'delete from audit where sequence = 4'],
    [
      'cuts off the oldest as if they were too old',
      `delete from audit where sequence < 3; update audit_chain set trimmed_through = 2, trimmed_hash = (select hash from audit where sequence = 3)`,
    ],
    [
      'writes a record of her own',
      `insert into audit (sequence, id, at, actor, action, subject, outcome, rule, hash) select 5, id, at, actor, action, subject, outcome, rule, 'ff' from audit where sequence = 4; update audit_chain set sequence = 5, hash = 'ff'`,
    ],
  ])('%s, and it shows', async (_, statements) => {
    expect((await store.checkAudit()).problems).toEqual([])
    await client.query(statements)
    expect((await store.checkAudit()).problems).not.toEqual([])
  })
})

describe.each(databaseEngines())('A lease, on $name', (engine) => {
  let store: Store
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    store = await (await engine.newDatabase()).open()
  })
  afterEach(() => store.close())

  it('is held by one, goes on by its holder, and goes over with its position when it is let go or runs out', async () => {
    const mine = { name: 'work', holder: 'one', leaseMs: 10_000 }
    const yours = { name: 'work', holder: 'two', leaseMs: 30 }
    expect(await store.takeLease(mine)).toBe(0)
    expect(await store.takeLease(yours)).toBeUndefined()
    expect(await store.moveLease(mine, 7)).toBe(true)
    expect(await store.takeLease(mine)).toBe(7)
    await store.releaseLease(mine)
    expect(await store.takeLease(yours)).toBe(7)
    expect(await store.moveLease(mine, 9)).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(await store.takeLease(mine)).toBe(7)
  })
})
