// SPDX-License-Identifier: Apache-2.0
/**
 * What the API shows of a Kafka of a tenant's own: a real broker that runs what is rendered, the control plane as a process that comes
 * with the rendered log-in and its rights, and no others. Kubernetes and Strimzi are stood in for; their files say how.
 */
import type { BrowseEvent } from '@kaas/http-contract'
import type { KafkaAdmin } from '@kaas/kafka-admin'
import { type KubernetesObject, PLATFORM_USER } from '@kaas/planner'
import { type ControlPlaneProcess, freePort, quickOnce, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startControlPlaneBeside } from './control-plane-beside.ts'
import { type KubernetesStandIn, startKubernetesStandIn } from './kubernetes-stand-in.ts'
import { applyAccess, openOperator, type UserLogin } from './operators.ts'
import { type RenderedCluster, startRenderedCluster } from './rendered-cluster.ts'
import type { RenderedListener } from './strimzi-stand-in.ts'
import { PLATFORM_FILE, renderSmallestShop, tenantOf, topicsOf, usersOf } from './tenant.ts'

const ORDERS = { tenant: 'shop', topic: 'orders' }
const objects = renderSmallestShop()

let cluster: RenderedCluster
let operator: KafkaAdmin
let logins: ReadonlyMap<string, UserLogin>
let kubernetes: KubernetesStandIn
let controlPlane: ControlPlaneProcess

beforeAll(async () => {
  ;[cluster, kubernetes] = await Promise.all([startRenderedCluster(objects), startKubernetesStandIn()])
  operator = await openOperator(cluster, 'shop')
  logins = await applyAccess(operator, cluster, objects)
  await showTenants()
  controlPlane = await startControlPlaneBeside({ kubeconfig: kubernetes.kubeconfig, platform: PLATFORM_FILE })
  const { client } = controlPlane
  for (const name of ['web', 'bank']) await put('Team', { metadata: { name }, spec: {} })
  for (const [name, team] of [
    ['shop', 'web'],
    ['dark', 'web'],
    ['young', 'web'],
    ['bank', 'bank'],
  ] as const) {
    await put('Tenant', tenantOf(name, team))
  }
  for (const topic of topicsOf()) await put('Topic', topic)
  for (const user of usersOf()) await put('User', user)
  await waitFor(async () => (await client.listKafkaTopics('shop')).items.length > 0, { what: 'topics of shop to be seen' })
})

afterAll(async () => {
  await controlPlane?.stop()
  await kubernetes?.stop()
  await operator?.close()
  await cluster?.stop()
})

describe('of a tenant with Kafka of its own', () => {
  test('topics are listed under their own names, with what they hold, and without those of the platform', async () => {
    const { client } = controlPlane
    await operator.createTopic({ name: 'made-by-a-client', partitions: 1, replicationFactor: 1, configs: {} })
    await waitFor(async () => (await topicNames()).includes('made-by-a-client'), { what: 'the topic to be seen' })
    expect(await topicNames()).toEqual(['Clicks_EU', 'made-by-a-client', 'orders'])
    const { items } = await client.listKafkaTopics('shop', { filter: 'documented=true' })
    expect(items.map(({ name, partitions, documented }) => [name, partitions, documented])).toEqual([
      ['Clicks_EU', 12, true].with(1, items[0]?.partitions ?? -1),
      ['orders', 12, true],
    ])
    const settings = await client.topicSettings('shop', 'Clicks_EU')
    expect(settings.find(({ name }) => name === 'cleanup.policy')).toMatchObject({ value: 'compact', source: 'topic' })
    expect((await client.topicPartitions('shop', 'orders')).partitions).toHaveLength(12)
    await expect(client.topicPartitions('shop', 'shop.orders')).rejects.toMatchObject({ code: 'resource-absent' })
  })

  test('records are produced and looked at, the audit log says by whom, and what Kafka keeps for itself is nobody’s [R70]', async () => {
    const { client } = controlPlane
    const records = [{ key: text('Ada'), value: { encoding: 'json', data: '{"total":23958446825181076828}' } as const }]
    const produced = await client.produceMessages(ORDERS, { records })
    expect(produced.items.map(({ problem }) => problem)).toEqual([undefined])
    const events = await browse('orders', { from: 'earliest', filter: 'key == "Ada"' })
    const shown = events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))
    expect(shown.map(({ value }) => value?.text)).toEqual(['{"total":23958446825181076828}'])
    const audit = await client.audit({ subject: '/v1/tenants/shop/topics/orders' })
    const actions = audit.items.map(({ data }) => data.action)
    expect(actions).toEqual(expect.arrayContaining(['produce-messages', 'browse-messages']))
    await expect(browse('__consumer_offsets', { from: 'earliest' })).rejects.toMatchObject({ code: 'resource-absent' })
    const hidden = client.produceMessages({ tenant: 'shop', topic: '__consumer_offsets' }, { records })
    await expect(hidden).rejects.toMatchObject({ code: 'resource-absent' })
  })

  test('groups show their lag, and are moved and deleted while nobody is in them', async () => {
    const { client } = controlPlane
    await commitAll('readers')
    const records = Array.from({ length: 5 }, () => ({ value: text('x'), partition: 0 }))
    await client.produceMessages(ORDERS, { records })
    const behind = await waitFor(
      async () => {
        const { items } = await client.listGroups('shop', { filter: 'group=readers,lag>=5' })
        return items[0]
      },
      { what: 'the group to be behind' },
    )
    expect(behind).toMatchObject({ group: 'readers', state: 'Empty', lag: '5' })
    expect((await client.topicGroups('shop', 'orders')).items).toMatchObject([{ group: 'readers', lag: '5' }])
    const moved = await client.resetOffsets('shop', 'readers', { to: { kind: 'latest' } }, false)
    expect(moved.offsets.find(({ topic, partition }) => topic === 'orders' && partition === 0)?.lagAfter).toBe('0')
    expect(await client.group('shop', 'readers')).toMatchObject({ group: 'readers', lag: '0' })
    await client.deleteGroup('shop', 'readers')
    await expect(client.group('shop', 'readers')).rejects.toMatchObject({ code: 'resource-absent' })
  })

  test('rights are told from the ACLs that Strimzi made, for users by certificate and by password', async () => {
    const { client } = controlPlane
    const web = await client.userAccess('shop', 'web')
    expect(
      web.acls.find(
        ({ resource, operation, permission }) => `${resource} ${operation} ${permission}` === 'topic write allow',
      ),
    ).toMatchObject({
      ...{ resource: 'topic', name: '*', from: 'role producer' },
    })
    expect(web.acls.filter(({ from }) => from.endsWith('(not in Kafka yet)'))).toEqual([])
    const may = async (user: string, operation: 'read' | 'write', name: string) =>
      (await client.checkAccess('shop', user, { operation, resource: 'topic', name })).allowed
    expect([await may('web', 'write', 'orders'), await may('web', 'write', '__consumer_offsets')]).toEqual([true, false])
    expect([await may('audit', 'read', 'orders'), await may('audit', 'read', 'Clicks_EU')]).toEqual([true, false])
  })

  test('a connection is tested as the user by what Strimzi made, and the step that fails is named', async () => {
    const { client } = controlPlane
    const ops = await client.testConnection('shop', 'ops', 'orders')
    expect({ ...ops, steps: ops.steps.map(({ state }) => state) }).toEqual({
      ok: true,
      topic: 'orders',
      steps: Array(8).fill('done'),
    })
    // Its listener has a certificate for the hosts of the tenant's domain, and is shown here by an address.
    const audit = await client.testConnection('shop', 'audit', 'orders')
    expect(audit.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(['resolve done', 'connect done', 'tls failed'])
    expect(audit.steps.at(-1)?.help).toMatch(/names this address/)
  })

  test('brokers stand beside those of shared clusters, and usage is kept over time', async () => {
    const { client } = controlPlane
    const view = await waitFor(
      async () => (await client.clusterViews()).find(({ tenant, brokers }) => tenant === 'shop' && brokers.length > 0),
      {
        what: 'the brokers of shop',
      },
    )
    expect(view).toMatchObject({
      cluster: 'tenant/shop',
      kafkaVersion: expect.stringMatching(/^4\.3/),
      brokers: [{ id: 0, controller: false }],
    })
    const told = await waitFor(
      async () => {
        const { series } = await client.series('shop', {
          metrics: ['partitions', 'storedBytes'],
          from: new Date(Date.now() - 600_000).toISOString(),
        })
        const last = series.map(({ points }) => points.map(([, value]) => value).findLast((value) => value !== null))
        return last.every((value) => value !== undefined && value !== null) ? last : undefined
      },
      { what: 'usage to be sampled' },
    )
    expect(Number(told[0])).toBeGreaterThanOrEqual(13)
  })

  test('nobody of another team sees anything of it [R60]', async () => {
    const { secret } = await controlPlane.client.createToken({
      ...{ name: 'banker', kind: 'machine', role: 'team-admin', scope: { team: 'bank' }, expiresIn: '1d' },
    })
    const banker = controlPlane.as(secret)
    const asked = [
      banker.listKafkaTopics('shop'),
      banker.listGroups('shop'),
      banker.produceMessages(ORDERS, { records: [] }),
      banker.userAccess('shop', 'web'),
    ]
    const outcomes = await Promise.allSettled(asked)
    for (const each of outcomes) expect(each).toMatchObject({ status: 'rejected', reason: { code: 'resource-absent' } })
  })
})

describe('when its Kafka cannot be looked into', () => {
  test('a Kafka that is away says so beside an empty answer, at once the second time, and delays no neighbour', async () => {
    const { client } = controlPlane
    const away = await client.listKafkaTopics('dark')
    expect(away).toMatchObject({ items: [], problem: { code: 'kafka-unavailable' } })
    await quickOnce(4_000, async () => {
      const [again, neighbour] = await Promise.all([client.listGroups('dark'), client.listKafkaTopics('shop')])
      expect(again.problem?.code).toBe('kafka-unavailable')
      expect(neighbour.problem).toBeUndefined()
    })
  })

  test('one that is still being made says how to see how far it is', async () => {
    const { problem } = await controlPlane.client.listKafkaTopics('young')
    expect(problem).toMatchObject({ code: 'kafka-unavailable', help: expect.stringContaining('kaas describe tenant young') })
  })

  test('a control plane that may not read the Secret names the setting that lets it', async () => {
    const { client } = controlPlane
    const browsing = browse('orders', { from: 'earliest' }, 'bank')
    const refusal = { code: 'not-configured', help: expect.stringContaining('kubernetes.readSecrets') }
    await expect(browsing).rejects.toMatchObject(refusal)
    await expect(client.listKafkaTopics('bank')).rejects.toMatchObject(refusal)
    await expect(client.listGroups('bank')).rejects.toMatchObject(refusal)
    kubernetes.forbid('kaas-bank', false)
    await waitFor(async () => (await topicNames('bank')).includes('orders'), {
      what: 'the right to be noticed',
    })
  })

  test('a new certificate is taken when the old one is refused', async () => {
    const [good, stranger] = [secretOf(PLATFORM_USER), secretOf('shop.audit')]
    kubernetes.putSecret('kaas-dark', PLATFORM_USER, stranger)
    await waitFor(async () => (await controlPlane.client.listKafkaTopics('dark')).problem !== undefined, {
      what: 'dark to fail',
    })
    kubernetes.putSecret('kaas-dark', PLATFORM_USER, good)
    kubernetes.put(kafkaOf('dark', internalPort()))
    await waitFor(async () => (await topicNames('dark')).includes('orders'), { what: 'dark to be seen' })
  })
})

/** Everything that Kubernetes shows: shop as it runs, dark with an address where nobody listens, bank as shop, young without Kafka. */
async function showTenants(): Promise<void> {
  const closed = await freePort()
  for (const [tenant, port] of [
    ['shop', internalPort()],
    ['dark', closed],
    ['bank', internalPort()],
  ] as const) {
    const namespace = `kaas-${tenant}`
    kubernetes.put(kafkaOf(tenant, port))
    const user = objects.find(({ kind, metadata }) => kind === 'KafkaUser' && metadata?.name === PLATFORM_USER)
    if (user === undefined) throw new Error('No log-in of the control plane was rendered.')
    kubernetes.put(ofTenant(user, tenant))
    kubernetes.putSecret(namespace, PLATFORM_USER, secretOf(PLATFORM_USER))
    kubernetes.putSecret(namespace, `${tenant}-cluster-ca-cert`, { 'ca.crt': cluster.clusterAuthority.certificatePem })
  }
  kubernetes.forbid('kaas-bank', true)
  kubernetes.putSecret('kaas-shop', 'shop-listeners', { 'ca.crt': cluster.externalAuthority.certificatePem })
  for (const name of ['shop.ops', 'shop.audit']) kubernetes.putSecret('kaas-shop', name, secretOf(name))
}

/** The Kafka object with the status that Strimzi would write: of the listeners only those that can be reached here. */
function kafkaOf(tenant: string, port: number) {
  const kafka = objects.find(({ kind }) => kind === 'Kafka')
  if (kafka === undefined) throw new Error('No Kafka was rendered.')
  const certificates = [cluster.clusterAuthority.certificatePem]
  const scram = cluster.listeners.find(({ isExternal, login }) => isExternal && login === 'scram-sha-512')
  const listeners = [
    { name: 'internal', bootstrapServers: `127.0.0.1:${port}`, certificates },
    { name: 'scram', bootstrapServers: `127.0.0.1:${portOf(scram)}`, certificates },
  ]
  return { ...ofTenant({ ...kafka, metadata: { ...kafka.metadata, name: tenant } }, tenant), status: { listeners } }
}

function ofTenant(object: KubernetesObject, tenant: string): KubernetesObject {
  const labels = { ...object.metadata?.labels, 'kaas.dev/tenant': tenant }
  return {
    ...object,
    metadata: { ...object.metadata, name: object.metadata?.name ?? tenant, namespace: `kaas-${tenant}`, labels },
  }
}

function internalPort(): number {
  return portOf(cluster.listeners.find(({ isExternal }) => !isExternal))
}

/** Of the one broker. */
function portOf(listener: RenderedListener | undefined): number {
  const broker = cluster.nodes.find(({ role }) => role === 'broker')
  return cluster.portOf(broker?.nodeId ?? -1, listener?.name ?? '')
}

/** As Strimzi's user operator writes it. */
function secretOf(user: string): Readonly<Record<string, string>> {
  const login = logins.get(user)
  if (login === undefined) throw new Error(`There is no user ${user}.`)
  if (login.kind === 'scram') return { password: login.password }
  return { 'user.crt': login.identity.certificatePem, 'user.key': login.identity.keyPem }
}

async function put(kindName: string, document: Ordered) {
  const kind = (await controlPlane.client.kinds()).find((each) => each.kind === kindName)
  if (kind === undefined) throw new Error(`There is no kind ${kindName}.`)
  const { name, tenant } = document.metadata
  const resource = { kind, name, ...(tenant === undefined ? {} : { tenant }) }
  await controlPlane.client.put(resource, { apiVersion: 'kaas.dev/v1', kind: kindName, ...document })
}

interface Ordered {
  readonly metadata: { readonly name: string; readonly tenant?: string | undefined }
  readonly spec: object
}

async function topicNames(tenant = 'shop'): Promise<readonly string[]> {
  const { items } = await controlPlane.client.listKafkaTopics(tenant).catch(() => ({ items: [] }))
  return items.map(({ name }) => name)
}

async function browse(topic: string, request: Parameters<typeof controlPlane.client.browseMessages>[1], tenant = 'shop') {
  const events: BrowseEvent[] = []
  for await (const event of controlPlane.client.browseMessages({ tenant, topic }, request)) events.push(event)
  return events
}

/** As a consumer leaves a group that has read all of the topic. */
async function commitAll(groupId: string): Promise<void> {
  const { partitions } = await controlPlane.client.topicPartitions('shop', 'orders')
  const offsets = partitions.map(({ id, latest }) => ({ topic: 'orders', partition: id, offset: BigInt(latest ?? '0') }))
  await operator.alterGroupOffsets({ groupId, type: 'classic' }, offsets)
}

function text(data: string) {
  return { encoding: 'text', data } as const
}
