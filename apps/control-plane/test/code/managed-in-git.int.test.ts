// SPDX-License-Identifier: Apache-2.0
/** Tenants that are managed in Git: a merged change is the only way, and it is taken over within seconds. Real Git, real database. */
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { documentOf, KINDS } from '../api/documents.ts'
import { type GitInstallation, newRepository, startWithGit } from './git-installation.ts'

const WORKLOAD = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }

let platform: GitInstallation
beforeAll(async () => {
  platform = await startWithGit(await newRepository())
})
afterAll(() => platform?.stop())

const tenant = (name: string, spec: object = {}) =>
  documentOf('Tenant', { name }, { isolation: 'namespace', management: 'git', workload: WORKLOAD, ...spec })
const topic = (of: string, name: string, partitions: number) => documentOf('Topic', { name, tenant: of }, { partitions })
const fileOf = (name: string) => `tenants/${name}/tenant.yaml`
/** A comment shows that the author's own text stays. */
const yaml = (...documents: readonly object[]) => `# ours\n${documents.map((each) => stringify(each)).join('---\n')}`
const get = (name: string) => platform.client.get({ kind: KINDS.tenant, name })
const getTopic = (of: string, name: string) => platform.client.get({ kind: KINDS.topic, tenant: of, name })
const until = <T>(what: string, probe: () => Promise<T>) => waitFor(probe, { what })
/** Written, and waiting for a Kubernetes that is not there. */
const written = (name: string) => platform.reason(name, 'Ready', 'NotConfigured')
const merge = (name: string, ...documents: readonly object[]) =>
  platform.merge(`Change ${name}`, { [fileOf(name)]: yaml(...documents) })

describe('a folder that somebody merges', () => {
  it('becomes a tenant within seconds, and its rendered files follow in a commit of the platform', async () => {
    await merge('bank', tenant('bank'), topic('bank', 'payments', 3))
    const bank = await written('bank')
    expect(bank.spec).toMatchObject({ management: 'git', isolation: 'namespace' })
    expect((await getTopic('bank', 'payments')).spec).toMatchObject({ partitions: 3 })
    expect(await platform.read(fileOf('bank'))).toMatch(/^# ours/)
    expect(await platform.paths()).toContain('tenants/bank/kafka/kafka-bank.yaml')
    expect((await platform.log())[0]).toMatchObject({ message: expect.stringContaining('KaaS-Tenant: bank') })
  })

  it('that does not say management: git is left alone, for it may be of another platform or of the past', async () => {
    await merge('foreign', tenant('foreign', { management: 'api' }))
    await merge('after', tenant('after'))
    await written('after')
    await expect(get('foreign')).rejects.toMatchObject({ code: 'resource-absent' })
    expect(await platform.read(fileOf('foreign'))).toMatch(/^# ours/)
  })
})

describe('such a tenant', () => {
  beforeAll(async () => {
    await merge('git', tenant('git'), topic('git', 'events', 3))
    await written('git')
  })

  it('is not changed through the API, which names the file; what changes nothing is let through', async () => {
    const refused = { code: 'managed-in-git', help: expect.stringContaining('tenants/git/tenant.yaml') }
    const larger = tenant('git', { workload: { ...WORKLOAD, produce: '6MB/s' } })
    await expect(platform.client.put({ kind: KINDS.tenant, name: 'git' }, larger)).rejects.toMatchObject(refused)
    const more = platform.client.put({ kind: KINDS.topic, tenant: 'git', name: 'events' }, topic('git', 'events', 9))
    await expect(more).rejects.toMatchObject(refused)
    const other = platform.client.put({ kind: KINDS.topic, tenant: 'git', name: 'new' }, topic('git', 'new', 1))
    await expect(other).rejects.toMatchObject(refused)
    await expect(platform.client.delete({ kind: KINDS.topic, tenant: 'git', name: 'events' })).rejects.toMatchObject(refused)
    await expect(platform.client.delete({ kind: KINDS.tenant, name: 'git' })).rejects.toMatchObject(refused)
    expect(await platform.client.put({ kind: KINDS.tenant, name: 'git' }, tenant('git'))).toMatchObject({
      outcome: 'unchanged',
    })
  })

  it('follows its file: changed, new and removed documents', async () => {
    await merge('git', tenant('git', { workload: { ...WORKLOAD, produce: '6MB/s' } }), topic('git', 'clicks', 1))
    await until('the new workload', async () => (await get('git')).metadata.generation >= 2)
    await until('the new topic', () => getTopic('git', 'clicks'))
    await until('the removed topic to go', async () => (await getTopic('git', 'events')).metadata.deletionRequestedAt)
    await until('the rendered topic', async () =>
      (await platform.paths()).includes('tenants/git/access/kafkatopic-clicks.yaml'),
    )
    expect(await platform.paths()).not.toContain('tenants/git/access/kafkatopic-events.yaml')
    const { items } = await platform.client.audit({ subject: '/v1/tenants/git/topics/clicks' })
    expect(items[0]?.data).toMatchObject({ actor: expect.stringMatching(/^git:/), rule: 'merged-in-git' })
  })

  it('with a bad document says so in its conditions, goes on running, and holds up nobody', async () => {
    const broken = topic('git', 'clicks', 0)
    await merge('git', tenant('git', { workload: { ...WORKLOAD, produce: '6MB/s' } }), broken)
    const said = await platform.reason('git', 'Accepted', 'DocumentInvalid')
    const message = said.status?.conditions.find(({ type }) => type === 'Accepted')?.message
    expect(message).toContain('tenants/git/tenant.yaml at commit')
    expect(message).toContain('spec.partitions')
    expect(said.status?.conditions.find(({ type }) => type === 'Planned')?.status).toBe('True')
    await merge('unharmed', tenant('unharmed'))
    await written('unharmed')
    await merge('git', tenant('git', { workload: { ...WORKLOAD, produce: '6MB/s' } }), topic('git', 'clicks', 2))
    await until('the condition to be well again', async () =>
      (await get('git')).status?.conditions.some(({ type, status }) => type === 'Accepted' && status === 'True'),
    )
  })

  it.each([
    ['YAML that is none', 'kind: [', /cannot be read/],
    ['a topic of another tenant', yaml(tenant('git'), topic('bank', 'stolen', 1)), /belongs to tenant "bank"/],
    ['another name than its folder', yaml(tenant('other')), /called "other"/],
    ['a document twice', yaml(tenant('git'), topic('git', 'x', 1), topic('git', 'x', 2)), /stands twice/],
    ['a smaller disk', yaml(tenant('git', { workload: { produce: '1MB/s', retention: '1h' } })), /disk/],
  ])('with %s is left as it was', async (_, text, message) => {
    const before = (await get('git')).metadata.generation
    await platform.merge('Break', { [fileOf('git')]: text })
    await until('the condition', async () => {
      const accepted = (await get('git')).status?.conditions.find(({ type }) => type === 'Accepted')
      return accepted?.status === 'False' && message.test(accepted.message)
    })
    expect((await get('git')).metadata.generation).toBe(before)
    await expect(getTopic('bank', 'stolen')).rejects.toMatchObject({ code: 'resource-absent' })
  })
})

describe('switching who manages', () => {
  it('is a document that changes nothing else; the file follows, and then the other way is closed', async () => {
    const put = (spec: object) => platform.client.put({ kind: KINDS.tenant, name: 'moving' }, tenant('moving', spec))
    await put({ management: 'api' })
    await written('moving')
    await put({ management: 'git' })
    await until('the file to say git', async () => (await platform.read(fileOf('moving')))?.includes('management: git'))
    await expect(put({ management: 'git', maintenanceWindows: ['0 0 2 * * ?'] })).rejects.toMatchObject({
      code: 'managed-in-git',
    })
    await merge('moving', tenant('moving', { maintenanceWindows: ['0 0 2 * * ?'] }))
    await until('the merged change', async () => (await get('moving')).spec.maintenanceWindows)
    await put({ management: 'api', maintenanceWindows: ['0 0 2 * * ?'] })
    await until('the file to say api', async () => (await platform.read(fileOf('moving')))?.includes('management: api'))
    const hand = (await platform.read(fileOf('moving'))) ?? ''
    await platform.merge('Meddle', { [fileOf('moving')]: hand.replace('5MB/s', '50MB/s') })
    await until('the file to be as ordered', async () => (await platform.read(fileOf('moving'))) === hand)
    expect((await get('moving')).spec.workload).toMatchObject({ produce: '5MB/s' })
  })
})

describe('a file that is removed', () => {
  it('is a deletion, and only with protection off', async () => {
    await merge('leaving', tenant('leaving', { environment: 'production' }))
    await written('leaving')
    await platform.merge('Remove', { [fileOf('leaving')]: undefined })
    const kept = await platform.reason('leaving', 'Accepted', 'DeletionProtected')
    expect(kept.metadata.deletionRequestedAt).toBeUndefined()
    await merge('leaving', tenant('leaving', { environment: 'production', deletionProtection: false }))
    await until('protection to be off', async () => (await get('leaving')).spec.deletionProtection === false)
    await platform.merge('Remove', { 'tenants/leaving': undefined })
    const going = await until('the deletion', async () => {
      const found = await get('leaving')
      return found.metadata.deletionRequestedAt === undefined ? undefined : found
    })
    expect(going.metadata.name).toBe('leaving')
    expect(await platform.read(fileOf('leaving'))).toBeUndefined()
    expect(await platform.read(fileOf('bank'))).toBeDefined()
  })
})
