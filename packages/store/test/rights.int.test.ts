// SPDX-License-Identifier: Apache-2.0
/** What the store knows of rights: their version, who owns a tenant, and lists that hold only what may be seen. On both databases. */
import type { ResourceKind } from '@kaas/domain'
import type { ResourceIntent, Store } from '@kaas/store'
import { databaseEngines, type TestDatabase } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { asAdministrator, statusOf, tenantIntent, topicIntent } from './intents.ts'

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

  const put = (intent: ResourceIntent) => store.saveResource(intent, asAdministrator)
  const bare = { labels: {}, annotations: {} }
  const team = (name: string, members: string[] = []): ResourceIntent<'Team'> => ({
    ...bare,
    key: { kind: 'Team', name },
    spec: { members, externalGroups: [] },
  })
  const binding = (name: string, scope: ResourceIntent<'RoleBinding'>['spec']['scope']): ResourceIntent<'RoleBinding'> => ({
    ...bare,
    key: { kind: 'RoleBinding', name },
    spec: { role: 'team-viewer', subjects: { groups: ['g'], people: [], tokens: [] }, scope },
  })
  const owned = (name: string, by: string): ResourceIntent<'Tenant'> => {
    const intent = tenantIntent(name)
    return { ...intent, spec: { ...intent.spec, team: by } }
  }
  const names = async (kind: ResourceKind, teams: string[], tenants: string[] = []) =>
    (await store.listResources({ kind, limit: 100, within: { teams, tenants } })).items.map(({ name }) => name)

  it('a new version of the rights follows every change of what grants, and no other', async () => {
    const before = (await store.loadRightsPlace()).version
    await put(team('pay'))
    await put(binding('b', { team: 'pay' }))
    const after = (await store.loadRightsPlace()).version
    expect(after).toBe(before + 2)
    await put(owned('orders', 'pay'))
    const { resource } = await put(topicIntent('orders', 'payments'))
    await store.saveStatus(resource, resource.uid, statusOf('True'))
    expect(await store.loadRightsPlace('orders')).toEqual({ version: after, team: 'pay' })
    expect(await store.loadRightsPlace('nothing')).toEqual({ version: after })
  })

  it('what is being deleted grants nothing any more', async () => {
    await put(team('pay', ['ada']))
    await put(binding('b', 'platform'))
    expect(await store.loadRights()).toMatchObject({ teams: [{ name: 'pay' }], bindings: [{ name: 'b' }], roles: [] })
    const { version } = await store.loadRightsPlace()
    await store.markDeleted({ kind: 'RoleBinding', name: 'b' }, asAdministrator)
    const rights = await store.loadRights()
    expect(rights.bindings).toEqual([])
    expect(rights.version).toBe(version + 1)
  })

  it('lists hold what lies in the teams and tenants that may be seen, in full pages, and nothing of the rest', async () => {
    for (const [name, by] of [
      ['orders', 'pay'],
      ['refunds', 'pay'],
      ['baskets', 'shop'],
    ] as const) {
      await put(owned(name, by))
      for (let each = 0; each < 3; each++) await put(topicIntent(name, `t${each}`))
      await put(binding(`in-${name}`, { tenant: name }))
    }
    await put(team('pay'))
    await put(team('shop'))
    await put(binding('of-pay', { team: 'pay' }))
    await put(binding('all', 'platform'))
    expect(await names('Tenant', ['pay'])).toEqual(['orders', 'refunds'])
    expect(await names('Tenant', ['shop'], ['orders'])).toEqual(['baskets', 'orders'])
    expect(await names('Team', ['shop'])).toEqual(['shop'])
    expect(await names('RoleBinding', ['pay'])).toEqual(['in-orders', 'in-refunds', 'of-pay'])
    expect(await names('RoleBinding', [], ['baskets'])).toEqual(['in-baskets'])
    expect(await names('KafkaCluster', ['pay'])).toEqual([])
    expect(await names('Topic', [])).toEqual([])
    const query = { kind: 'Topic', limit: 4, within: { teams: ['pay'], tenants: [] } } as const
    const first = await store.listResources(query)
    expect(first.items).toHaveLength(4)
    const rest = await store.listResources({ ...query, cursor: first.next ?? '' })
    expect(rest.items.map(({ tenant }) => tenant)).toEqual(['orders', 'refunds'])
    expect(rest.next).toBeUndefined()
    expect((await store.listResources({ ...query, filter: 'tenant=baskets' })).items).toEqual([])
  })

  it('an event says which team it was of, also the last one of a tenant', async () => {
    await put(owned('orders', 'pay'))
    const { resource: topic } = await put(topicIntent('orders', 'payments'))
    await put(binding('b', { tenant: 'orders' }))
    await put(binding('all', 'platform'))
    const tenant = await store.markDeleted({ kind: 'Tenant', name: 'orders' }, asAdministrator)
    await store.removeResource(topic, topic.uid)
    await store.removeResource({ kind: 'Tenant', name: 'orders' }, tenant?.uid ?? '')
    const events = await store.listEvents(0, 100)
    expect(events.filter((event) => event.team === undefined).map(({ key }) => key.name)).toEqual(['all'])
    expect(events.at(-1)).toMatchObject({ type: 'removed', key: { kind: 'Tenant' }, team: 'pay' })
  })
})
