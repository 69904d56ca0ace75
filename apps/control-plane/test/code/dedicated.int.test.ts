// SPDX-License-Identifier: Apache-2.0
/** Orders of tenants with Kafka of their own, as they become files in a real Git repository. What Kubernetes does with them is not here. */
import { renameSync } from 'node:fs'
import { describeKind } from '@kaas/http-contract'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, KINDS } from '../api/documents.ts'
import { type GitInstallation, newRepository, PLATFORM, startWithGit } from './git-installation.ts'

const WORKLOAD = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }

let platform: GitInstallation
beforeAll(async () => {
  platform = await startWithGit(await newRepository())
})
afterAll(() => platform?.stop())

const tenant = (name: string, spec: object = {}) =>
  documentOf('Tenant', { name }, { isolation: 'namespace', workload: WORKLOAD, ...spec })
const putTenant = (name: string, spec: object = {}) => platform.client.put({ kind: KINDS.tenant, name }, tenant(name, spec))
const putTopic = (of: string, name: string, spec: object = {}) =>
  platform.client.put({ kind: KINDS.topic, tenant: of, name }, documentOf('Topic', { name, tenant: of }, spec))
const putUser = (of: string, name: string, spec: object = {}) =>
  platform.client.put({ kind: KINDS.user, tenant: of, name }, documentOf('User', { name, tenant: of }, spec))
const fileHolds = (path: string, text: string) =>
  waitFor(async () => (await platform.read(path))?.includes(text), { what: `${path} to hold ${text}` })
/** Written, and waiting for a Kubernetes that is not there. */
const written = (name: string) => platform.reason(name, 'Ready', 'NotConfigured')

describe('an order', () => {
  it('becomes files in Git, in commits that name who, which tenant and every generation [R173]', async () => {
    await putTenant('shop')
    await putTopic('shop', 'payments', { partitions: 6 })
    const { credentials } = await putUser('shop', 'app', { authentication: 'tls', roles: ['admin'] })
    expect(credentials).toBeUndefined()
    await fileHolds('tenants/shop/tenant.yaml', 'payments')
    await fileHolds('tenants/shop/tenant.yaml', 'name: app')
    const shop = await written('shop')
    const paths = await platform.paths()
    expect(paths).toEqual(
      expect.arrayContaining(['flux/tenants/shop.yaml', 'namespaces/shop.yaml', 'tenants/shop/kafka/kafka-shop.yaml']),
    )
    expect(shop.status?.observed).toMatchObject({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), brokers: 3 })
    expect(shop.status?.conditions.find(({ type }) => type === 'Planned')?.message).toMatch(/3 brokers .* binds/)
    const all = (await platform.log()).map(({ message }) => message).join('\n')
    expect(all).toContain('KaaS-Tenant: shop')
    expect(all).toContain('Topic/payments generation 1')
    expect(all).toContain('User/app generation 1')
    expect((await platform.log())[0]?.author).toBe('administrator')
  })

  it('that changes one topic touches only what is made of it, and sending it again writes nothing', async () => {
    await putTenant('small')
    await putTopic('small', 'events', { partitions: 3 })
    await fileHolds('tenants/small/tenant.yaml', 'partitions: 3')
    await written('small')
    const before = (await platform.log()).length
    await putTopic('small', 'events', { partitions: 6 })
    await fileHolds('tenants/small/tenant.yaml', 'partitions: 6')
    await putTopic('small', 'events', { partitions: 6 })
    await putTenant('small')
    await written('small')
    const entries = await platform.log()
    expect(entries.length - before).toBe(1)
    expect(entries[0]?.message).toContain('Topic/events generation 2')
  })

  it('holds no secret in Git, and tells at the API that nothing of Kubernetes is known', async () => {
    const answer = platform.client.connection('shop', 'app')
    await expect(answer).rejects.toMatchObject({
      code: 'not-configured',
      help: expect.stringContaining('KAAS_KUBECONFIG_FILE'),
    })
    await expect(platform.client.purgeTenant('shop', 'shop')).rejects.toMatchObject({ code: 'not-configured' })
    const looks = [
      platform.client.listKafkaTopics('shop'),
      platform.client.listGroups('shop'),
      platform.client.userAccess('shop', 'app'),
      platform.client.testConnection('shop', 'app'),
      platform.client.produceMessages({ tenant: 'shop', topic: 'payments' }, { records: [{ value: { encoding: 'null' } }] }),
    ]
    const help = expect.stringContaining('KAAS_KUBECONFIG_FILE')
    for (const each of await Promise.allSettled(looks)) {
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'not-configured', help } })
    }
    await expect(platform.client.purgeTenant('shop', 'other')).rejects.toMatchObject({ code: 'deletion-protected' })
  })

  it('waits while Git is away and goes on by itself when it is back', async () => {
    renameSync(platform.bare, `${platform.bare}.away`)
    await putTenant('patient')
    const waiting = await platform.reason('patient', 'Ready', 'GitUnavailable')
    expect(waiting.status?.conditions.find(({ type }) => type === 'Ready')).toMatchObject({ status: 'Unknown' })
    renameSync(`${platform.bare}.away`, platform.bare)
    await written('patient')
    expect(await platform.paths()).toContain('flux/tenants/patient.yaml')
  })
})

describe('people of a team', () => {
  const team = (externalGroups: readonly string[]) =>
    platform.client.put({ kind: describeKind('Team'), name: 'web' }, documentOf('Team', { name: 'web' }, { externalGroups }))

  it('come into Kubernetes by the groups that the team names, and a change of the team reaches Git [R65]', async () => {
    await team(['web-dev'])
    await putTenant('seen', { team: 'web' })
    await fileHolds('namespaces/seen.yaml', 'name: oidc:web-dev')
    await team(['web-ops'])
    await fileHolds('namespaces/seen.yaml', 'name: oidc:web-ops')
    expect(await platform.read('namespaces/seen.yaml')).not.toContain('web-dev')
    expect((await platform.log())[0]?.message).toContain('KaaS-Tenant: seen')
  })

  it('get a kubeconfig without a secret, of tenants that are in Kubernetes [R65]', async () => {
    await putTenant('seen', { team: 'web' })
    const { kubeconfig } = await platform.client.kubeconfig('seen')
    expect(kubeconfig).toMatchObject({
      clusters: [{ name: 'seen', cluster: { server: 'https://kubernetes.example.org:6443' } }],
      contexts: [{ context: { namespace: 'kaas-seen' } }],
      users: [{ user: { exec: { args: expect.arrayContaining(['--oidc-client-id=kubernetes']) } } }],
    })
    await putTenant('cloudy', { isolation: 'virtual' })
    await expect(platform.client.kubeconfig('cloudy')).rejects.toMatchObject({ code: 'not-supported' })
    await expect(platform.client.kubeconfig('nobody')).rejects.toMatchObject({ code: 'resource-absent' })
  })

  it('are told what the platform lacks when its profile does not say how they come in [R65]', async () => {
    await platform.merge('People do not sign in', { 'platform.yaml': PLATFORM.replace(/^people:.*$/m, '') })
    const refused = () => platform.client.kubeconfig('seen').catch((error: unknown) => error)
    const isRefused = async () => (await refused()) as { readonly code?: string; readonly help?: string }
    await waitFor(async () => (await isRefused()).code === 'not-configured', { what: 'the profile to be read' })
    expect((await isRefused()).help).toMatch(/install-on-kubernetes/)
    await platform.merge('People sign in', { 'platform.yaml': PLATFORM })
    await waitFor(async () => (await isRefused()).code === undefined, { what: 'the profile to be read' })
  })
})

describe('a change that cannot be made', () => {
  it.each([
    ['smaller disks', { workload: { ...WORKLOAD, produce: '1MB/s', retention: '1h' } }, 'disk-shrink'],
    ['an older Kafka', { kafkaVersion: '4.2.0' }, 'version-downgrade'],
    ['fewer zones', { zones: 1 }, 'field-immutable'],
    ['another isolation', { isolation: 'virtual' }, 'field-immutable'],
    ['a Kafka that does not run here', { kafkaVersion: '4.9.9' }, 'not-supported'],
    ['more zones than there are', { zones: 9 }, 'document-invalid'],
    ['more than any cluster holds', { workload: { produce: '900GB/s', retention: '30d' } }, 'workload-too-large'],
  ])('%s are refused before anything is written', async (_, spec, code) => {
    await putTenant('fixed', { workload: { ...WORKLOAD, retention: '30d' } })
    await written('fixed')
    const entries = (await platform.log()).length
    const change = putTenant('fixed', { workload: { ...WORKLOAD, retention: '30d' }, ...spec })
    await expect(change).rejects.toMatchObject({ code, help: expect.any(String) })
    expect((await platform.log()).length).toBe(entries)
  })

  it('is shown before: what differs, what rolls, what it costs', async () => {
    await putTenant('planned')
    const grown = tenant('planned', { workload: { ...WORKLOAD, produce: '60MB/s', consume: '180MB/s' } })
    const { plan, change } = await platform.client.planChange(grown)
    expect(plan?.kind).toBe('fits')
    expect(change).toMatchObject({ kind: 'change', refusals: [] })
    expect(change.differences.map(({ field }) => field)).toContain('produce')
    expect(await platform.client.planChange(tenant('planned'))).toMatchObject({ change: { kind: 'same', restarts: 0 } })
    const shrunk = await platform.client.planChange(tenant('planned', { workload: { produce: '1MB/s', retention: '1h' } }))
    expect(shrunk.change).toMatchObject({ kind: 'refused', refusals: [{ code: 'disk-shrink' }] })
  })
})

describe('files in Git that somebody changed by hand', () => {
  it('are written back, told as an event, and nobody else is touched [R178]', async () => {
    await putTenant('drifting')
    await putTenant('neighbour')
    await Promise.all([written('drifting'), written('neighbour')])
    const neighbour = await platform.read('tenants/neighbour/kafka/kafka-neighbour.yaml')
    const path = 'tenants/drifting/kafka/kafka-drifting.yaml'
    const before = await platform.read(path)
    await platform.merge('Meddle', { [path]: `${before}# by hand\n`, 'notes/ours.md': 'not of a tenant\n' })
    await waitFor(async () => (await platform.read(path)) === before, {
      what: 'the file to be as before',
    })
    const { items } = await waitFor(
      async () => {
        const audit = await platform.client.audit({ subject: '/v1/tenants/drifting', outcome: 'denied' })
        return audit.items.length > 0 ? audit : undefined
      },
      { what: 'the drift in the audit log' },
    )
    expect(items[0]?.data).toMatchObject({ action: 'drift', after: { paths: [path] } })
    expect(await platform.read('tenants/neighbour/kafka/kafka-neighbour.yaml')).toBe(neighbour)
    expect(await platform.read('notes/ours.md')).toBe('not of a tenant\n')
  })
})

describe('an empty control plane on a repository with tenants', () => {
  it('takes over what is there when the same documents are put: Git is not changed', async () => {
    const first = platform
    await putTenant('kept', { environment: 'staging' })
    await putTopic('kept', 'orders', { partitions: 2 })
    await fileHolds('tenants/kept/tenant.yaml', 'orders')
    await written('kept')
    await first.stop()
    platform = await startWithGit(first.bare)
    const before = (await platform.log()).length
    const topic = await platform.read('tenants/kept/access/kafkatopic-orders.yaml')
    await putTenant('kept', { environment: 'staging' })
    const waiting = await platform.reason('kept', 'Ready', 'TakingOver')
    expect(waiting.status?.conditions.at(-1)?.message).toContain('Topic/orders')
    expect(await platform.read('tenants/kept/access/kafkatopic-orders.yaml')).toBe(topic)
    await putTopic('kept', 'orders', { partitions: 2 })
    await written('kept')
    await waitFor(
      async () => {
        const found = await platform.client.get({ kind: KINDS.topic, tenant: 'kept', name: 'orders' })
        return found.status?.conditions.some(({ reason }) => reason === 'Unseen')
      },
      { what: 'the topic to know that Git holds it' },
    )
    const entries = await platform.log()
    const own = entries.slice(0, entries.length - before).filter(({ message }) => message.includes('KaaS-Tenant: kept'))
    expect(own).toEqual([])
  })
})
