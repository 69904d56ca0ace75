// SPDX-License-Identifier: Apache-2.0
/** Policies as administrators write them and as everybody else meets them. */
import type { RightScope } from '@kaas/domain'
import { type ApiClient, createClient, describeKind } from '@kaas/http-contract'
import { type DatabaseEngine, databaseEngines } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, KINDS, putCluster, putTenant, putTopic, WORKLOAD } from './documents.ts'
import { startApi, type TestApi } from './start-api.ts'

const POLICY = describeKind('Policy')

describe.each(databaseEngines())('policies on $name', (engine: DatabaseEngine) => {
  let api: TestApi
  beforeAll(async () => {
    await engine.start()
    api = await startApi(await (await engine.newDatabase()).open(), 'kafka.example.org:9092')
    await putTenant(api, 'orders', {
      environment: 'development',
      workload: { produce: '5MB/s', retention: '7d', partitions: 500 },
    })
  })
  afterAll(async () => {
    await api.close()
    await engine.stop()
  })

  it('refuse with all that is wrong at its fields, in a dry run as well, and let through what is right', async () => {
    await putTopic(api, 'orders', 'big-before', { partitions: 60 })
    await putPolicy(api, 'few-partitions', ['document.spec.partitions <= 48', 'At most 48 partitions.', 'spec.partitions'])
    await putPolicy(api, 'named-well', ['document.metadata.name.matches("^[a-z-]+$")', 'Letters only.', 'metadata.name'])
    for (const options of [{}, { dryRun: true }]) {
      const refused = api.client.put(...topic('Wrong1', 49), options)
      await expect(refused).rejects.toMatchObject({
        code: 'policy-refused',
        kind: 'refused',
        fields: [
          { path: 'spec.partitions', message: 'At most 48 partitions. (policy few-partitions)' },
          { path: 'metadata.name', message: 'Letters only. (policy named-well)' },
        ],
      })
    }
    expect(await api.client.put(...topic('right', 48))).toMatchObject({ outcome: 'created', warnings: [] })
  })

  it('leave alone what is there and sent again as it is, and refuse its next change', async () => {
    expect(await putTopic(api, 'orders', 'big-before', { partitions: 60 })).toMatchObject({ outcome: 'unchanged' })
    await expect(putTopic(api, 'orders', 'big-before', { partitions: 61 })).rejects.toMatchObject({ code: 'policy-refused' })
  })

  it('that only warn let through and say so in the answer', async () => {
    await putPolicy(api, 'advice', ['has(document.spec.description)', 'Say what it is for.', 'spec.description'], {
      severity: 'warn',
    })
    const { outcome, warnings } = await api.client.put(...topic('advised', 3))
    expect(outcome).toBe('created')
    expect(warnings).toEqual([
      { policy: 'advice', severity: 'warn', message: 'Say what it is for.', field: 'spec.description', broken: false },
    ])
  })

  it('cannot be stored when an expression cannot be read: each is named with what is wrong', async () => {
    const rules = [
      { allowWhen: 'document.spec.partitions <=', message: 'x' },
      { allowWhen: 'true', message: 'x' },
      { allowWhen: 'nobody.knows', message: 'x' },
    ]
    const document = documentOf('Policy', { name: 'wrong' }, { appliesTo: { kinds: ['Topic'] }, rules })
    await expect(api.client.put({ kind: POLICY, name: 'wrong' }, document)).rejects.toMatchObject({
      code: 'document-invalid',
      fields: [{ path: 'spec.rules[0].allowWhen' }, { path: 'spec.rules[2].allowWhen' }],
    })
    const ofNobody = { ...document, spec: { scope: { team: 'nobody' }, appliesTo: { kinds: ['Topic'] }, rules: [rules[1]] } }
    await expect(api.client.put({ kind: POLICY, name: 'wrong' }, ofNobody)).rejects.toMatchObject({
      code: 'resource-absent',
    })
  })

  it('that cannot be decided refuse by their name and say who must mend them; then it goes on', async () => {
    await putPolicy(api, 'careless', ['document.spec.nothing > 1', 'Never shown.'])
    await expect(api.client.put(...topic('held-up', 3))).rejects.toMatchObject({
      code: 'policy-refused',
      help: expect.stringContaining('careless'),
      fields: [{ message: expect.stringContaining('No such key: nothing') }],
    })
    await api.client.delete({ kind: POLICY, name: 'careless' })
    expect(await api.client.put(...topic('held-up', 3))).toMatchObject({ outcome: 'created' })
  })

  it('for tenants know environment, deletion protection and limits', async () => {
    await putCluster(api, 'main')
    const appliesTo = { kinds: ['Tenant'], environments: ['production'] }
    const rule = 'document.spec.?deletionProtection.orValue(true)'
    await putPolicy(api, 'protected', [rule, 'Production stays protected.', 'spec.deletionProtection'], { appliesTo })
    const order = (environment: string) =>
      putTenant(api, 'careful', { environment, deletionProtection: false }, { dryRun: true })
    await expect(order('production')).rejects.toMatchObject({ fields: [{ path: 'spec.deletionProtection' }] })
    await expect(order('development')).resolves.toMatchObject({ outcome: 'created' })
    const spec = { environment: 'production', deletionProtection: false, workload: WORKLOAD }
    const planned = await api.client.planChange(documentOf('Tenant', { name: 'careful' }, spec))
    expect(planned.change).toMatchObject({ kind: 'refused', refusals: [{ code: 'policy-refused' }] })
  })

  it('can be tried before they are stored: against a document, and against all that is there', async () => {
    const policy = policyOf('tried', ['document.spec.partitions < 10', 'Less than ten.', 'spec.partitions'])
    const [, document] = topic('anything', 12)
    const trial = await api.client.tryPolicy({ policy, document } as never)
    expect(trial.document).toMatchObject({ about: true, findings: [{ message: 'Less than ten.' }] })
    expect(trial).toMatchObject({ failed: 2, complete: true })
    expect(trial.failing.map(({ tenant, name }) => [tenant, name])).toEqual([
      ['orders', 'big-before'],
      ['orders', 'right'],
    ])
    await expect(api.client.get({ kind: POLICY, name: 'tried' })).rejects.toMatchObject({ code: 'resource-absent' })
  })

  it('are read by people whose documents they can refuse, tell them of no other team, and are changed and tried by the platform only', async () => {
    for (const team of ['pay', 'shop'])
      await api.client.put({ kind: KINDS.team, name: team }, documentOf('Team', { name: team }, {}))
    await putTenant(api, 'refunds', { team: 'pay' })
    const rule = ['true', 'Never shown.'] as const
    await putPolicy(api, 'of-two', rule, { appliesTo: { kinds: ['Tenant'], teams: ['pay', 'shop'] } })
    await putPolicy(api, 'of-pay', rule, { scope: { team: 'pay' } })
    await putPolicy(api, 'of-shop', rule, { appliesTo: { kinds: ['Topic'], teams: ['shop'] } })
    await putPolicy(api, 'of-clusters', rule, { appliesTo: { kinds: ['KafkaCluster'] } })
    const as = async (role: string, scope: RightScope) => {
      const token = { name: role, kind: 'machine', role, scope, expiresIn: '1d' } as const
      return createClient({ baseUrl: api.url, token: (await api.client.createToken(token)).secret, fetch })
    }
    const read = async (client: ApiClient) => {
      const { items } = await client.list(POLICY, { filter: 'name~of-' })
      return items.map(({ metadata, spec }) => [metadata.name, (spec.appliesTo as { readonly teams: unknown }).teams])
    }
    const everything = [
      ['of-clusters', []],
      ['of-pay', []],
      ['of-shop', ['shop']],
      ['of-two', ['pay', 'shop']],
    ]
    expect(await read(await as('platform-viewer', 'platform'))).toEqual(everything)
    const admin = await as('team-admin', { team: 'pay' })
    for (const client of [admin, await as('team-viewer', { tenant: 'refunds' })]) {
      const hers = [
        ['of-pay', []],
        ['of-two', ['pay']],
      ]
      expect(await read(client)).toEqual(hers)
      const one = await client.get({ kind: POLICY, name: 'of-two' })
      expect(one.spec).toMatchObject({ rules: [{ allowWhen: 'true' }], appliesTo: { teams: ['pay'] } })
      for (const name of ['of-shop', 'of-clusters']) {
        await expect(client.get({ kind: POLICY, name })).rejects.toMatchObject({ code: 'resource-absent' })
      }
      expect((await client.get({ kind: POLICY, name: 'few-partitions' })).metadata.name).toBe('few-partitions')
    }
    const refusal = { code: 'not-allowed' }
    await expect(admin.put({ kind: POLICY, name: 'of-pay' }, policyOf('of-pay', rule))).rejects.toMatchObject(refusal)
    await expect(admin.delete({ kind: POLICY, name: 'of-two' })).rejects.toMatchObject(refusal)
    await expect(admin.tryPolicy({ policy: policyOf('mine', rule) } as never)).rejects.toMatchObject(refusal)
  })
})

type Rule = readonly [allowWhen: string, message: string, field?: string]

function policyOf(name: string, [allowWhen, message, field]: Rule, spec: object = {}) {
  const rule = { allowWhen, message, ...(field === undefined ? {} : { field }) }
  return documentOf('Policy', { name }, { appliesTo: { kinds: ['Topic'] }, rules: [rule], ...spec })
}

function putPolicy({ client }: TestApi, name: string, rule: Rule, spec: object = {}) {
  return client.put({ kind: POLICY, name }, policyOf(name, rule, spec))
}

function topic(name: string, partitions: number) {
  const document = documentOf('Topic', { name, tenant: 'orders' }, { partitions })
  return [{ kind: KINDS.topic, tenant: 'orders', name }, document] as const
}
