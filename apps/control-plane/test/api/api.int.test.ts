// SPDX-License-Identifier: Apache-2.0
/** The API as its callers meet it: over HTTP, on both databases. */
import { pbkdf2Sync } from 'node:crypto'
import { type DatabaseEngine, databaseEngines, type TestDatabase, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, KINDS, putCluster, putTenant, putTopic, putUser, WORKLOAD } from './documents.ts'
import { startApi, type TestApi, TOKENS } from './start-api.ts'

describe.each(databaseEngines())('the API on $name', (engine: DatabaseEngine) => {
  let api: TestApi
  let database: TestDatabase
  beforeAll(async () => {
    await engine.start()
    database = await engine.newDatabase()
    api = await startApi(await database.open(), 'kafka.example.org:9092')
  })
  afterAll(async () => {
    await api.close()
    await engine.stop()
  })

  describe('an order', () => {
    it('is created, changed with a diff, and unchanged when sent again', async () => {
      const created = await putTenant(api, 'orders')
      expect(created).toMatchObject({ outcome: 'created', dryRun: false })
      expect(created.changes).toContainEqual({ path: 'spec.workload.produce', after: '5MB/s' })
      expect(created.resource.metadata).toMatchObject({ name: 'orders', generation: 1, labels: {} })
      const changed = await putTenant(api, 'orders', { workload: { ...WORKLOAD, produce: '6MB/s' } })
      expect(changed.outcome).toBe('updated')
      expect(changed.changes).toEqual([{ path: 'spec.workload.produce', before: '5MB/s', after: '6MB/s' }])
      const same = await putTenant(api, 'orders', { workload: { ...WORKLOAD, produce: '6MB/s' } })
      expect(same).toMatchObject({ outcome: 'unchanged', changes: [] })
    })

    it('that was read can be sent back as it is', async () => {
      await putTenant(api, 'roundtrip')
      const read = await api.client.get({ kind: KINDS.tenant, name: 'roundtrip' })
      expect(await api.client.put({ kind: KINDS.tenant, name: 'roundtrip' }, read)).toMatchObject({ outcome: 'unchanged' })
    })

    it('in a dry run is checked and answered, and nothing is kept', async () => {
      const answer = await putTenant(api, 'dry', {}, { dryRun: true })
      expect(answer).toMatchObject({ outcome: 'created', dryRun: true, resource: { metadata: { name: 'dry' } } })
      await expect(api.client.get({ kind: KINDS.tenant, name: 'dry' })).rejects.toMatchObject({ code: 'resource-absent' })
      await expect(putTenant(api, 'dry', { team: 'nobody' }, { dryRun: true })).rejects.toMatchObject({
        code: 'resource-absent',
      })
    })

    it('shows where clients connect once the tenant has a status', async () => {
      const { resource } = await putTenant(api, 'reachable')
      const status = { conditions: [], observedGeneration: 1, observed: { cluster: 'main' } }
      await api.store.saveStatus({ kind: 'Tenant', name: 'reachable' }, resource.metadata.uid, status)
      const tenant = await api.client.get({ kind: KINDS.tenant, name: 'reachable' })
      expect(tenant.status?.observed).toEqual({ cluster: 'main', bootstrapServers: 'kafka.example.org:9092' })
    })

    it('made for an older generation is refused, and one for the current is taken', async () => {
      await putTenant(api, 'etag')
      const stale = putTenant(api, 'etag', { adopt: true }, { expectedGeneration: 7 })
      await expect(stale).rejects.toMatchObject({ code: 'resource-changed', kind: 'conflict' })
      expect(await putTenant(api, 'etag', { adopt: true }, { expectedGeneration: 1 })).toMatchObject({ outcome: 'updated' })
      await expect(putTenant(api, 'etag', {}, { expectedGeneration: 0 })).rejects.toMatchObject({ code: 'resource-changed' })
      const another = { isolation: 'namespace' }
      await expect(putTenant(api, 'etag', another)).rejects.toMatchObject({ code: 'field-immutable' })
      await expect(putTenant(api, 'etag', another, { expectedGeneration: 0 })).rejects.toMatchObject({
        code: 'resource-changed',
      })
      const response = await api.fetch('/v1/tenants/etag')
      expect(response.headers.get('etag')).toBe('"2"')
    })
  })

  describe('a user', () => {
    it('gets a password once, of which only encrypted SCRAM values are kept', async () => {
      await putTenant(api, 'secrets')
      const { credentials } = await putUser(api, 'secrets', 'app', { roles: ['admin'] })
      expect(credentials).toMatchObject({ username: 'secrets.app', mechanism: 'SCRAM-SHA-512' })
      expect(await putUser(api, 'secrets', 'app', { roles: ['producer'] })).not.toHaveProperty('credentials')
      const entries = await api.store.loadScramEntries({ kind: 'User', tenant: 'secrets', name: 'app' })
      expect(entries.map((entry) => entry.mechanism).sort()).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-512'])
      for (const { mechanism, salt, iterations, saltedPassword } of entries) {
        const digest = mechanism === 'SCRAM-SHA-512' ? 'sha512' : 'sha256'
        const expected = pbkdf2Sync(credentials?.password ?? '', salt, iterations, saltedPassword.length, digest)
        expect(saltedPassword.equals(expected)).toBe(true)
        expect(iterations).toBeGreaterThanOrEqual(4096)
      }
      const shown = await (await api.fetch('/v1/tenants/secrets/users/app')).text()
      const logged = JSON.stringify(await api.client.audit({ limit: 100 }))
      expect(shown + logged).not.toContain(credentials?.password)
    })

    it('keeps the password before beside a rotated one, each on its own mechanism, until it is ended', async () => {
      await putTenant(api, 'rotation')
      const first = (await putUser(api, 'rotation', 'app')).credentials
      const second = await api.client.rotateCredentials('rotation', 'app')
      expect(second.mechanism).toBe('SCRAM-SHA-256')
      expect(second.password).not.toBe(first?.password)
      const both = await api.client.listCredentials('rotation', 'app')
      expect(both.map(({ id, mechanisms }) => [id, mechanisms])).toEqual([
        [second.id, ['SCRAM-SHA-256']],
        [first?.id, ['SCRAM-SHA-512']],
      ])
      const left = await api.client.endCredential('rotation', 'app', first?.id ?? '')
      expect(left).toMatchObject([{ id: second.id, mechanisms: ['SCRAM-SHA-512', 'SCRAM-SHA-256'] }])
      const last = api.client.endCredential('rotation', 'app', second.id)
      await expect(last).rejects.toMatchObject({ code: 'resource-in-use' })
      const replaced = await api.client.rotateCredentials('rotation', 'app', { endOthers: true })
      expect(await api.client.listCredentials('rotation', 'app')).toMatchObject([{ id: replaced.id }])
      await expect(api.client.rotateCredentials('rotation', 'nobody')).rejects.toMatchObject({ code: 'resource-absent' })
    })

    it('is told how to connect, without the password that nobody keeps, and the question is recorded', async () => {
      await putTenant(api, 'connected')
      const { credentials } = await putUser(api, 'connected', 'app')
      const connection = await api.client.connection('connected', 'app')
      expect(connection).toEqual({
        bootstrap: 'kafka.example.org:9092',
        login: { kind: 'scram', mechanism: credentials?.mechanism, username: 'connected.app' },
      })
      const { items } = await api.client.audit({ subject: '/v1/tenants/connected/users/app' })
      expect(items[0]?.data).toMatchObject({ actor: 'administrator', action: 'read-connection' })
      await expect(api.client.connection('connected', 'nobody')).rejects.toMatchObject({ code: 'resource-absent' })
      const asGateway = await api.fetch('/v1/tenants/connected/users/app/connection', { token: TOKENS.gateway })
      expect(asGateway.status).toBe(403)
    })

    it('beyond the limit of the tenant is refused', async () => {
      await putTenant(api, 'few', { workload: { ...WORKLOAD, users: 2 } })
      await putUser(api, 'few', 'a')
      await putUser(api, 'few', 'b')
      await expect(putUser(api, 'few', 'c')).rejects.toMatchObject({ code: 'limit-exceeded' })
      expect(await putUser(api, 'few', 'b', { roles: ['consumer'] })).toMatchObject({ outcome: 'updated' })
    })
  })

  describe('a topic', () => {
    it('beyond the partitions of the tenant is refused with what is left', async () => {
      await putTenant(api, 'parts', { workload: { ...WORKLOAD, partitions: 10 } })
      await putTopic(api, 'parts', 'a', { partitions: 6 })
      const refused = putTopic(api, 'parts', 'b', { partitions: 5 })
      await expect(refused).rejects.toMatchObject({ code: 'limit-exceeded', help: expect.stringContaining('at most 4') })
      expect(await putTopic(api, 'parts', 'b', { partitions: 4 })).toMatchObject({ outcome: 'created' })
      const lowered = putTenant(api, 'parts', { workload: { ...WORKLOAD, partitions: 9 } })
      await expect(lowered).rejects.toMatchObject({ code: 'limit-exceeded', help: expect.stringContaining('at least 10') })
    })

    it('of which many are ordered at once never passes the limit together', async () => {
      await putTenant(api, 'race', { workload: { ...WORKLOAD, partitions: 10 } })
      const tries = Array.from({ length: 8 }, (_, index) => putTopic(api, 'race', `t${index}`, { partitions: 3 }))
      const ends = await Promise.allSettled(tries)
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
      expect(await api.store.countOfTenant('Topic', 'race')).toEqual({ count: 3, partitions: 9 })
    })

    it('never shrinks, and grows', async () => {
      await putTenant(api, 'grow')
      await putTopic(api, 'grow', 'a', { partitions: 6 })
      await expect(putTopic(api, 'grow', 'a', { partitions: 5 })).rejects.toMatchObject({ code: 'field-immutable' })
      expect(await putTopic(api, 'grow', 'a', { partitions: 7 })).toMatchObject({ outcome: 'updated' })
    })

    it.each([
      ['604800001', 'limit-exceeded'],
      ['-1', 'limit-exceeded'],
      ['a week', 'document-invalid'],
    ])('with retention.ms %s in a tenant of seven days is refused', async (retention, code) => {
      await putTenant(api, 'keeps')
      const topic = putTopic(api, 'keeps', 'a', { config: { 'retention.ms': retention } })
      await expect(topic).rejects.toMatchObject({ code, fields: [{ path: 'spec.config.retention.ms' }] })
    })

    it('and a lower limit of its tenant never pass each other', async () => {
      await putTenant(api, 'squeeze', { workload: { ...WORKLOAD, partitions: 10 } })
      await Promise.allSettled([
        putTopic(api, 'squeeze', 'a', { partitions: 8 }),
        putTenant(api, 'squeeze', { workload: { ...WORKLOAD, partitions: 5 } }),
      ])
      const { spec } = await api.client.get({ kind: KINDS.tenant, name: 'squeeze' })
      const { partitions } = await api.store.countOfTenant('Topic', 'squeeze')
      expect(partitions).toBeLessThanOrEqual((spec.workload as { partitions: number }).partitions)
    })

    it('needs its tenant', async () => {
      await expect(putTopic(api, 'nowhere', 'a')).rejects.toMatchObject({ code: 'resource-absent' })
    })
  })

  describe('a workload', () => {
    const capacity = { produce: '20MB/s', consume: '60MB/s', partitions: 1000, diskBytes: 100e12, connections: 5000 }

    it('that no cluster can hold is refused with the largest that fits, and planned the same way', async () => {
      await putCluster(api, 'small', capacity)
      const huge = { produce: '40MB/s', retention: '7d' }
      const order = putTenant(api, 'huge', { workload: huge })
      await expect(order).rejects.toMatchObject({
        code: 'workload-too-large',
        help: expect.stringMatching(/at most .*MB\/s/),
      })
      const plan = await api.client.plan({ workload: huge, profile: 'economy' })
      expect(plan.shared[0]).toMatchObject({ kind: 'refused', cluster: 'small', largest: expect.anything() })
      expect(plan.dedicated.kind).toBe('fits')
      const fitting = await api.client.plan({ workload: WORKLOAD, profile: 'economy', cluster: 'small' })
      expect(fitting.shared[0]).toMatchObject({ kind: 'fits', binding: expect.any(String) })
      await expect(api.client.plan({ workload: WORKLOAD, profile: 'economy', cluster: 'unknown' })).rejects.toMatchObject({
        code: 'resource-absent',
      })
    })

    it('may refer only to what exists, and stays where it lives', async () => {
      await expect(putTenant(api, 'lost', { cluster: 'unknown' })).rejects.toMatchObject({ code: 'resource-absent' })
      await expect(putTenant(api, 'lost', { team: 'unknown' })).rejects.toMatchObject({ code: 'resource-absent' })
      const { resource } = await putTenant(api, 'settled', { cluster: 'small' })
      const status = { conditions: [], observedGeneration: 1, observed: { claimed: true, cluster: 'small' } }
      await api.store.saveStatus({ kind: 'Tenant', name: 'settled' }, resource.metadata.uid, status)
      await putCluster(api, 'other')
      await expect(putTenant(api, 'settled', { cluster: 'other' })).rejects.toMatchObject({ code: 'field-immutable' })
      expect(await putTenant(api, 'settled')).toMatchObject({ outcome: 'updated' })
    })

    it('that grows is planned before: limits change, and nothing restarts', async () => {
      await putTenant(api, 'growing', { cluster: 'other' })
      const document = documentOf('Tenant', { name: 'growing' }, { workload: { ...WORKLOAD, produce: '6MB/s' } })
      const { shared, change } = await api.client.planChange(document)
      expect(shared?.kind).toBe('fits')
      expect(change).toMatchObject({ kind: 'change', rolls: 'nothing', restarts: 0 })
      expect(change.differences).toContainEqual({ field: 'produce', unit: 'bytesPerSecond', before: 5e6, after: 6e6 })
      const team = documentOf('Team', { name: 'growing' }, {})
      await expect(api.client.planChange(team)).rejects.toMatchObject({ code: 'document-invalid' })
    })

    it('for an own cluster needs a repository of tenants, and says how to get one', async () => {
      await expect(putTenant(api, 'own', { isolation: 'namespace' })).rejects.toMatchObject({ code: 'not-configured' })
    })
  })

  describe('deletion', () => {
    it('of a tenant in production asks for the name again, and takes all that is in it', async () => {
      await putTenant(api, 'prod', { environment: 'production' })
      await putTopic(api, 'prod', 'a')
      await putUser(api, 'prod', 'u')
      const tenant = { kind: KINDS.tenant, name: 'prod' }
      await expect(api.client.delete(tenant)).rejects.toMatchObject({ code: 'deletion-protected' })
      await expect(api.client.delete(tenant, { confirm: 'other' })).rejects.toMatchObject({ code: 'deletion-protected' })
      await expect(api.client.delete({ kind: KINDS.topic, tenant: 'prod', name: 'a' })).rejects.toMatchObject({
        code: 'deletion-protected',
      })
      const foreseen = await api.client.delete(tenant, { confirm: 'prod', dryRun: true })
      expect(foreseen).toMatchObject({ dryRun: true, alsoDeleted: { topics: 1, users: 1 } })
      expect((await api.client.get(tenant)).metadata.deletionRequestedAt).toBeUndefined()
      expect(await api.client.delete(tenant, { confirm: 'prod' })).toMatchObject({ outcome: 'deleting' })
      expect(await api.client.delete(tenant, { confirm: 'prod' })).toMatchObject({ outcome: 'unchanged' })
      const topic = await api.client.get({ kind: KINDS.topic, tenant: 'prod', name: 'a' })
      expect(topic.metadata.deletionRequestedAt).toEqual(expect.any(String))
      await expect(putTopic(api, 'prod', 'b')).rejects.toMatchObject({ code: 'resource-changed' })
    })

    it('of what others depend on is refused with their names', async () => {
      await api.client.put({ kind: KINDS.team, name: 'payments' }, documentOf('Team', { name: 'payments' }, {}))
      await putTenant(api, 'dependent', { team: 'payments', cluster: 'small' })
      const team = { kind: KINDS.team, name: 'payments' }
      await expect(api.client.delete(team)).rejects.toMatchObject({ code: 'resource-in-use' })
      await expect(api.client.delete({ kind: KINDS.cluster, name: 'small' })).rejects.toMatchObject({
        code: 'resource-in-use',
        message: expect.stringMatching(/tenants.*(dependent|settled)/),
      })
      await putTenant(api, 'free', { team: 'default' })
      await api.client.delete({ kind: KINDS.tenant, name: 'dependent' })
      await expect(api.client.delete(team)).rejects.toMatchObject({ code: 'resource-in-use' })
      const absent = api.client.delete({ kind: KINDS.team, name: 'nobody' })
      await expect(absent).rejects.toMatchObject({ code: 'resource-absent' })
    })
  })

  describe('lists', () => {
    it('page, filter and sort on the server, in a tenant and over all', async () => {
      await putTenant(api, 'lists')
      for (const name of ['c', 'a', 'b']) await putTopic(api, 'lists', name, { partitions: name === 'b' ? 5 : 3 })
      const names = []
      for await (const topic of api.client.listAll(KINDS.topic, { tenant: 'lists', limit: 2, sort: '-name' })) {
        names.push(topic.metadata.name)
      }
      expect(names).toEqual(['c', 'b', 'a'])
      const page = await api.client.list(KINDS.topic, { filter: 'tenant=lists,spec.partitions=5' })
      expect(page.items.map(({ metadata }) => metadata.name)).toEqual(['b'])
      await expect(api.client.list(KINDS.topic, { tenant: 'nowhere' })).rejects.toMatchObject({ code: 'resource-absent' })
      await expect(api.client.list(KINDS.topic, { limit: 5000 })).rejects.toMatchObject({ code: 'usage-invalid' })
    })
  })

  describe('events', () => {
    it('come as they happen, can be filtered, and can be resumed', async () => {
      await putTenant(api, 'watched')
      const seen: string[] = []
      let last = 0
      const opened = Promise.withResolvers<void>()
      const watching = (async () => {
        for await (const event of api.client.events({ tenant: 'watched', onOpen: opened.resolve })) {
          seen.push(`${event.type} ${event.kind}/${event.name}`)
          last = event.sequence
          if (seen.length === 3) return
        }
      })()
      await opened.promise
      await putTenant(api, 'unwatched')
      await putTopic(api, 'watched', 'a')
      await putTopic(api, 'watched', 'a', { partitions: 4 })
      await api.client.delete({ kind: KINDS.topic, tenant: 'watched', name: 'a' })
      await watching
      expect(seen).toEqual(['created Topic/a', 'updated Topic/a', 'deleting Topic/a'])
      for await (const event of api.client.events({ tenant: 'watched', after: last - 1 })) {
        expect(event).toMatchObject({ sequence: last, type: 'deleting' })
        break
      }
    })

    it('that are no longer kept are not passed over in silence', async () => {
      await putTenant(api, 'old')
      await api.store.trimHistory({ eventsMs: -60_000, auditMs: 3_600_000 })
      // The newest events are also in memory; a new process has only what is in the database.
      await api.close()
      api = await startApi(await database.open(), 'kafka.example.org:9092')
      await putTenant(api, 'young')
      await expect(api.client.events({ after: 1 }).next()).rejects.toMatchObject({
        code: 'usage-invalid',
        help: expect.stringContaining('List the resources anew'),
      })
      expect((await api.client.events({ after: 0 }).next()).value).toMatchObject({ type: 'created', name: 'young' })
    })

    it('end when the listener leaves, without a trace', async () => {
      const gone = new AbortController()
      const response = await api.fetch('/v1/events?after=0', { signal: gone.signal })
      await response.body?.getReader().read()
      gone.abort()
      expect(await putTenant(api, 'after-leaving')).toMatchObject({ outcome: 'created' })
    })
  })

  describe('callers', () => {
    it.each([
      ['no token', null, 'credentials-missing', 401],
      ['an unknown token', 'a-token-that-nobody-has', 'credentials-wrong', 401],
      ['the gateway’s token', TOKENS.gateway, 'not-allowed', 403],
    ])('with %s read nothing, and it is recorded', async (_, token, code, status) => {
      const paths = ['/v1/tenants', '/v1/tenants/orders/topics/a', '/v1/audit', '/v1/events', '/v1/nothing']
      for (const path of paths) {
        const response = await api.fetch(path, { token })
        expect([path, response.status]).toEqual([path, status])
        expect(await response.json()).toMatchObject({ code, status })
      }
      await waitFor(
        async () =>
          (await api.client.audit({ outcome: 'denied', subject: '/v1/audit' })).items.some(({ data }) => data.rule === code),
        { what: 'the denial to be recorded' },
      )
    })

    it('need none for health, metrics and the description of the API', async () => {
      for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json']) {
        expect((await api.fetch(path, { token: null })).status).toBe(200)
      }
      expect((await api.client.kinds()).map(({ plural }) => plural)).toContain('tenants')
    })

    it('find every write in the audit log, with before and after', async () => {
      await putTenant(api, 'audited')
      await putTenant(api, 'audited', { adopt: true })
      const { items } = await api.client.audit({ subject: '/v1/tenants/audited' })
      expect(items.map(({ type, data }) => [type, data.actor, data.rule])).toEqual([
        ['dev.kaas.audit.put', 'administrator', 'bootstrap-administrator'],
        ['dev.kaas.audit.put', 'administrator', 'bootstrap-administrator'],
      ])
      expect(items[0]?.data).toMatchObject({ before: { spec: { adopt: false } }, after: { spec: { adopt: true } } })
      await expect(putTenant(api, 'audited', { team: 'x' })).rejects.toThrow()
    })
  })
})
