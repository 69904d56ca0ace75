// SPDX-License-Identifier: Apache-2.0
/** The audit log as people meet it: what is in it, how it is found and taken away, and what never is in it. */
import { KIND_NAMES } from '@kaas/domain'
import { describeKind } from '@kaas/http-contract'
import { type DatabaseEngine, databaseEngines, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, KINDS, putTenant, putTopic, putUser } from './documents.ts'
import { startApi, type TestApi, TOKENS } from './start-api.ts'

describe.each(databaseEngines())('the audit log on $name', (engine: DatabaseEngine) => {
  let api: TestApi
  beforeAll(async () => {
    await engine.start()
    api = await startApi(await (await engine.newDatabase()).open(), 'kafka.example.org:9092')
    await putTenant(api, 'orders')
    await putTenant(api, 'orders', { adopt: true })
    await putTopic(api, 'orders', 'payments')
  })
  afterAll(async () => {
    await api.close()
    await engine.stop()
  })

  it('tells of each write who did it, by which rule, through what, and what changed as the API shows it', async () => {
    const { items } = await api.client.audit({ subject: '/v1/tenants/orders' })
    expect(items[0]).toMatchObject({
      specversion: '1.0',
      type: 'dev.kaas.audit.put',
      subject: '/v1/tenants/orders',
      data: {
        actor: 'administrator',
        actorKind: 'bootstrap',
        provider: 'bootstrap',
        via: 'api',
        rule: 'bootstrap-administrator',
        tenant: 'orders',
        team: 'default',
        changes: [{ path: 'spec.adopt', before: false, after: true }],
      },
    })
    expect(items[1]?.data.changes).toContainEqual({ path: 'spec.workload.produce', after: '5MB/s' })
  })

  it('ties a record to the answer of the request that caused it', async () => {
    const response = await api.fetch('/v1/tenants/orders', { token: 'wrong' })
    const requestId = response.headers.get('x-request-id')
    const record = await waitFor(
      async () => (await api.client.audit({ outcome: 'denied' })).items.find(({ data }) => data.requestId === requestId),
      { what: 'the denial' },
    )
    expect(record.data).toMatchObject({
      actor: 'anonymous',
      actorKind: 'anonymous',
      rule: 'credentials-wrong',
      team: 'default',
    })
    expect(record.data.message).toContain('token')
  })

  it('keeps what a rule refused with the reason, but not what a dry run only asked', async () => {
    await putTenant(api, 'kept', { deletionProtection: true })
    const kept = { kind: KINDS.tenant, name: 'kept' }
    await expect(api.client.delete(kept, { dryRun: true })).rejects.toMatchObject({ kind: 'refused' })
    await expect(api.client.delete(kept)).rejects.toMatchObject({ kind: 'refused' })
    const denied = await waitFor(
      async () => {
        const { items } = await api.client.audit({ subject: '/v1/tenants/kept', outcome: 'denied' })
        return items.length > 0 ? items : undefined
      },
      { what: 'the refusal' },
    )
    expect(denied).toHaveLength(1)
    expect(denied[0]?.data).toMatchObject({ action: 'delete', rule: 'deletion-protected', tenant: 'kept' })
  })

  it('is filtered by place, time, text and outcome, and followed from a sequence on', async () => {
    const subjects = async (query: Parameters<TestApi['client']['audit']>[0]) =>
      (await api.client.audit(query)).items.map(({ subject }) => subject)
    expect(new Set(await subjects({ below: '/v1/tenants/orders', outcome: 'allowed' }))).toEqual(
      new Set(['/v1/tenants/orders', '/v1/tenants/orders/topics/payments']),
    )
    expect(await subjects({ text: 'PAYMENTS', action: 'put' })).toEqual(['/v1/tenants/orders/topics/payments'])
    expect(await subjects({ until: '2020-01-01T00:00:00Z' })).toEqual([])
    expect((await subjects({ from: '2020-01-01T00:00:00+01:00' })).length).toBeGreaterThan(2)
    const [newest] = (await api.client.audit({ limit: 1 })).items
    await putTopic(api, 'orders', 'followed')
    expect(await subjects({ after: Number(newest?.sequence) })).toContain('/v1/tenants/orders/topics/followed')
  })

  it('says what is wrong with a filter it cannot read', async () => {
    for (const query of ['from=yesterday', 'outcome=maybe', 'after=-1', 'nothing=x']) {
      expect((await api.fetch(`/v1/audit?${query}`)).status).toBe(400)
    }
  })

  it('leaves as JSON lines and as CSV, whole and without formulas, and that is recorded', async () => {
    await api.store.saveAudit({
      actor: '=HYPERLINK("http://evil.example")',
      action: '@sum',
      subject: '/v1/x',
      outcome: 'allowed',
      rule: '+1',
      message: 'a "quoted", long\nmessage',
    })
    for (let count = 0; count < 600; count += 1) await api.store.saveAudit(plain(count))
    const lines = (await (await api.fetch('/v1/audit/export?action=many')).text()).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).data.actor)).toEqual(
      Array.from({ length: 600 }, (_, index) => `p${599 - index}`),
    )
    const response = await api.fetch('/v1/audit/export?format=csv&subject=/v1/x')
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="audit.csv"')
    const [head = '', row = ''] = (await response.text()).split('\r\n')
    expect(head).toMatch(/^time,sequence,actor,/)
    expect(row).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(row).toContain(`'@sum`)
    expect(row).toContain(`'+1`)
    expect(row).toContain(`"a ""quoted"", long\nmessage"`)
    expect((await api.client.audit({ action: 'export', limit: 1 })).items[0]?.data.after).toEqual({
      format: 'csv',
      subject: '/v1/x',
    })
  })

  it('can be checked, and no route changes it', async () => {
    expect(await api.client.checkAudit()).toMatchObject({ unsealed: 0, problems: [] })
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
      for (const path of ['/v1/audit', '/v1/audit/1', '/v1/audit/export']) {
        expect([method, path, (await api.fetch(path, { method })).status]).toEqual([method, path, 404])
      }
    }
  })

  it('never holds a secret, whatever was written and made', async () => {
    const made = (await putUser(api, 'orders', 'app', { roles: ['admin'] })).credentials?.password ?? ''
    const rotated = (await api.client.rotateCredentials('orders', 'app')).password
    const replaced = (await api.client.rotateCredentials('orders', 'app', { endOthers: true })).password
    const token = await api.client.createToken({
      name: 'ci',
      kind: 'machine',
      role: 'team-viewer',
      scope: { team: 'default' },
      expiresIn: '1d',
    })
    await putOneOfEachKind(api)
    const log = await (await api.fetch('/v1/audit/export')).text()
    for (const trace of ['replace-credentials', 'create-token', ...KIND_NAMES.map((kind) => describeKind(kind).plural)]) {
      expect(log).toContain(trace)
    }
    const [entry] = await api.store.loadScramEntries({ kind: 'User', tenant: 'orders', name: 'app' })
    for (const secret of [
      made,
      rotated,
      replaced,
      token.secret,
      TOKENS.administrator,
      TOKENS.gateway,
      entry?.saltedPassword.toString('base64') ?? '',
    ]) {
      expect(secret).not.toBe('')
      expect(log).not.toContain(secret)
    }
  })
})

/** Specs that name what is secret without holding it. */
async function putOneOfEachKind({ client }: TestApi): Promise<void> {
  const specs = {
    KafkaCluster: {
      bootstrapServers: ['kafka.example.org:9092'],
      admin: { username: 'admin', passwordFile: '/run/secrets/kafka-password' },
    },
    Team: { members: ['ada'] },
    Role: { rules: [{ verbs: ['read'], kinds: ['Topic'] }] },
    RoleBinding: { role: 'team-viewer', subjects: { people: ['ada'] }, scope: { team: 'default' } },
    Policy: { appliesTo: { kinds: ['Topic'] }, rules: [{ allowWhen: 'true', message: 'x' }] },
  }
  for (const [kind, spec] of Object.entries(specs)) {
    const name = 'audited'
    await client.put({ kind: describeKind(kind as keyof typeof specs), name }, documentOf(kind, { name }, spec))
  }
  const share = { name: 'audited', tenant: 'orders' }
  const shared = { topic: 'payments', with: 'orders', as: 'money' }
  await client.put({ kind: describeKind('TopicShare'), ...share }, documentOf('TopicShare', share, shared))
}

function plain(count: number) {
  return { actor: `p${count}`, action: 'many', subject: '/v1/y', outcome: 'allowed', rule: 'test' } as const
}
