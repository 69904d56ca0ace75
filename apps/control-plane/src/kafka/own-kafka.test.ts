// SPDX-License-Identifier: Apache-2.0
/** How the control plane finds its log-in in a Kafka of a tenant's own. Objects as Kubernetes shows them; Secrets from a table. */
import { KaasError } from '@kaas/errors'
import type { ClusterWatch, ObservedObject } from '@kaas/kube'
import { PLATFORM_USER, WAY_IN } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { describe, expect, it } from 'vitest'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { OwnKafka } from './own-kafka.ts'

const SHOP = { name: 'shop', spec: { isolation: 'namespace' } } as StoredResource<'Tenant'>
const CERTIFICATE = { 'user.crt': 'C', 'user.key': 'K' }
const PREPARED = { clientId: 'test', callTimeoutMs: 1_000 }

const LISTENERS = [
  { name: 'internal', type: 'internal', authentication: { type: 'tls' } },
  { name: 'external', type: 'tlsroute', authentication: { type: 'tls' } },
  { name: 'scram', type: 'loadbalancer', authentication: { type: 'scram-sha-512' } },
]
const ADDRESSES = [
  { name: 'internal', bootstrapServers: 'shop-kafka-bootstrap.kaas-shop.svc:9093' },
  { name: 'external', bootstrapServers: 'bootstrap-tls.shop.kafka.example.org:443' },
  { name: 'scram', bootstrapServers: 'bootstrap.shop.kafka.example.org:9095' },
]

/** What one installation shows. Fields may be changed between looks. */
interface World {
  objects: readonly Partial<ObservedObject>[]
  secrets: Record<string, Record<string, string>>
  fails: KaasError | undefined
  asked: number
}

function worldWith(changes: Partial<World> = {}): World {
  const secrets = { [PLATFORM_USER]: CERTIFICATE, 'shop-cluster-ca-cert': { 'ca.crt': 'CLUSTER' } }
  return { objects: [kafka(), user('internal')], secrets, fails: undefined, asked: 0, ...changes }
}

function kafka(addresses: readonly object[] = ADDRESSES): Partial<ObservedObject> {
  const spec = { kafka: { listeners: LISTENERS } }
  return { kind: 'Kafka', name: 'shop', namespace: 'kaas-shop', spec, status: { listeners: addresses } }
}

function user(way: string): Partial<ObservedObject> {
  return { kind: 'KafkaUser', name: PLATFORM_USER, namespace: 'kaas-shop', annotations: { [WAY_IN]: way } }
}

/** The parts that are asked, and nothing else of them. */
function codeOf(world: World, platform = ''): TenantsAsCode {
  const watch: Pick<ClusterWatch, 'objectsOf' | 'readSecret'> = {
    objectsOf: () => world.objects as readonly ObservedObject[],
    readSecret: async (_, name) => {
      world.asked += 1
      if (world.fails !== undefined) throw world.fails
      return world.secrets[name]
    },
  }
  const clusters = { management: async () => watch, ofTenant: async () => watch }
  return { clusters, repository: { read: async () => platform } } as unknown as TenantsAsCode
}

const logInOf = (world: World, platform?: string) => new OwnKafka(codeOf(world, platform)).placeOf(SHOP).prepare(PREPARED)

describe('the control plane comes', () => {
  it.each([
    ['internal', CERTIFICATE, 'shop-kafka-bootstrap.kaas-shop.svc:9093'],
    ['external', CERTIFICATE, 'bootstrap-tls.shop.kafka.example.org:443'],
    ['external', { password: 'p' }, 'bootstrap.shop.kafka.example.org:9095'],
  ])('by the %s listener that takes what Strimzi made', async (way, secret, address) => {
    const world = worldWith({ objects: [kafka(), user(way)] })
    world.secrets[PLATFORM_USER] = secret
    const { fingerprint } = await logInOf(world)
    expect(fingerprint).toContain(address)
  })

  it('with what was read a moment ago, with a new one after Kafka refused, and with the old one while Kubernetes is away', async () => {
    const world = worldWith()
    let nowMs = 0
    const place = new OwnKafka(codeOf(world), () => nowMs).placeOf(SHOP)
    const first = await place.prepare(PREPARED)
    const asked = world.asked
    world.secrets[PLATFORM_USER] = { ...CERTIFICATE, 'user.crt': 'NEW' }
    expect((await place.prepare(PREPARED)).fingerprint).toBe(first.fingerprint)
    expect(world.asked).toBe(asked)
    place.renew()
    const second = await place.prepare(PREPARED)
    expect(second.fingerprint).toContain('NEW')
    nowMs += 301_000
    world.fails = new KaasError('kubernetes-unavailable', { message: 'no answer' })
    expect((await place.prepare(PREPARED)).fingerprint).toBe(second.fingerprint)
    world.fails = new KaasError('kubernetes-refused', { message: 'forbidden' })
    nowMs += 301_000
    await expect(place.prepare(PREPARED)).rejects.toMatchObject({ code: 'not-configured' })
  })

  it('again after a moment when it could not before', async () => {
    const world = worldWith({ fails: new KaasError('kubernetes-refused', { message: 'forbidden' }) })
    let nowMs = 0
    const place = new OwnKafka(codeOf(world), () => nowMs).placeOf(SHOP)
    await expect(place.prepare(PREPARED)).rejects.toMatchObject({ code: 'not-configured' })
    world.fails = undefined
    await expect(place.prepare(PREPARED)).rejects.toMatchObject({ code: 'not-configured' })
    nowMs += 3_001
    expect((await place.prepare(PREPARED)).fingerprint).toContain('9093')
  })
})

describe('it does not come, and the words say what to do', () => {
  const refused = new KaasError('kubernetes-refused', { message: 'forbidden' })
  const away = new KaasError('kubernetes-unavailable', { message: 'no answer' })
  const profile = (way: string) =>
    JSON.stringify({
      ...{ domain: 'k.example.org', storageClass: 'gp3', kafkaVersion: '4.3.1', metadataVersion: '4.3-IV0', zones: ['a'] },
      ...{ issuer: { name: 'x' }, external: { type: 'loadbalancer' }, kafkaLogIn: way },
    })
  it.each([
    ['without a Kafka', { objects: [user('internal')] }, '', 'kafka-unavailable', /no Kafka/],
    ['without an address', { objects: [kafka([]), user('internal')] }, '', 'kafka-unavailable', /no address inside/],
    ['without its Secret', { secrets: {} }, '', 'kafka-unavailable', /has not made/],
    ['before its user is applied', { objects: [kafka()] }, profile('internal'), 'kafka-unavailable', /no user/],
    ['where the profile says none', { objects: [kafka()] }, profile('none'), 'not-configured', /kafkaLogIn/],
    ['without the right to Secrets', { fails: refused }, '', 'not-configured', /may not read/],
    ['while Kubernetes is away', { fails: away }, '', 'kafka-unavailable', /no answer/],
  ])('%s', async (_, changes, platform, code, message) => {
    await expect(logInOf(worldWith(changes), platform)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
      help: expect.stringMatching(/./),
    })
  })

  it('where nobody told it of a repository or of Kubernetes', async () => {
    const without = new OwnKafka(undefined).placeOf(SHOP).prepare(PREPARED)
    await expect(without).rejects.toMatchObject({ code: 'not-configured', help: expect.stringContaining('KAAS_GIT_URL') })
    const unwatched = { clusters: undefined } as TenantsAsCode
    await expect(new OwnKafka(unwatched).placeOf(SHOP).prepare(PREPARED)).rejects.toMatchObject({
      help: expect.stringContaining('KAAS_KUBECONFIG_FILE'),
    })
  })
})
