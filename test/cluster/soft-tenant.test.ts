// SPDX-License-Identifier: Apache-2.0
/**
 * Soft tenants by Git alone: documents are rendered by `kaas render`, pushed, and applied by Flux into namespaces of the management
 * cluster. Strimzi's operator and cert-manager are played by actors; everything else is real.
 */
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { playCertManager } from './actors/certificate-issuer.ts'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { documentsOf } from './documents.ts'
import {
  askAgain,
  conditionOf,
  KUSTOMIZATION,
  STRIMZI,
  statusOf,
  untilApplied,
  untilGone,
  untilObject,
} from './lane/conditions.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'
import type { TenantsClone } from './lane/tenants-clone.ts'

const KAFKA = { apiVersion: STRIMZI, kind: 'Kafka' }
const TOPIC = { apiVersion: STRIMZI, kind: 'KafkaTopic' }
const SECRET = { apiVersion: 'v1', kind: 'Secret' }

const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('actors')
const stops: (() => unknown)[] = []
let api: KubeApi
let clone: TenantsClone

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  clone = await layOut(lane, api)
  stops.push(playCertManager(api, join(folder, 'issuer')))
})

afterAll(async () => {
  for (const stop of stops) await stop()
  api?.close()
})

/** Orders tenants by Git: documents, render, one push. Resolves with the commit. */
async function order(...tenants: readonly string[]): Promise<string> {
  for (const tenant of tenants) {
    await clone.write(`tenants/${tenant}/tenant.yaml`, documentsOf(tenant))
    await clone.render(tenant)
  }
  return publish(`Order ${tenants.join(' and ')}`)
}

async function publish(message: string): Promise<string> {
  const commit = await clone.push(message)
  await clone.askFlux()
  return commit
}

describe('an order of tenants with namespaces of their own', () => {
  test('is not called ready while nobody has said that Kafka is', async () => {
    await order('shop', 'bakery')
    const kafka = await untilObject(api, KAFKA, { namespace: 'kaas-shop', name: 'shop' }, () => true)
    expect(kafka.status).toBeUndefined()
    const waiting = await untilObject(
      api,
      KUSTOMIZATION,
      { namespace: 'kaas-shop', name: 'shop-kafka' },
      (object) =>
        conditionOf(object, 'Reconciling')?.reason === 'Progressing' || conditionOf(object)?.reason === 'HealthCheckFailed',
    )
    expect(conditionOf(waiting)?.status).not.toBe('True')
    expect(await api.list(TOPIC, 'kaas-shop')).toEqual([])
  })

  test("becomes ready by Flux alone, step by step, when an actor plays Strimzi's operator [R94] [R152] [R153] [R154]", async () => {
    stops.push(playStrimzi(api, join(folder, 'strimzi')))
    const commit = await clone.head()
    await untilApplied(api, 'kaas-shop', 'shop-kafka', commit)
    await untilApplied(api, 'kaas-shop', 'shop-access', commit)
    await untilApplied(api, 'kaas-bakery', 'bakery-access', commit)
    const secret = await api.get(SECRET, 'shop.app', 'kaas-shop')
    expect(Object.keys(secret?.data as object)).toEqual(expect.arrayContaining(['ca.crt', 'user.crt', 'user.key']))
  })
})

describe('a running tenant', () => {
  test('gets back what somebody changed or deleted by hand [R174]', async () => {
    const kafka = await untilObject(api, KAFKA, { namespace: 'kaas-shop', name: 'shop' }, () => true)
    const wanted = (kafka.spec as KafkaSpec).kafka.config['min.insync.replicas']
    await api.patch(kafka, { spec: { kafka: { config: { 'min.insync.replicas': 1 } } } })
    await api.remove(TOPIC, 'orders', 'kaas-shop')
    await untilGone(api, TOPIC, 'orders', 'kaas-shop')
    await askAgain(api, KUSTOMIZATION, 'kaas-shop', 'shop-kafka')
    await untilObject(
      api,
      KAFKA,
      { namespace: 'kaas-shop', name: 'shop' },
      ({ spec }) => (spec as KafkaSpec).kafka.config['min.insync.replicas'] === wanted,
    )
    await askAgain(api, KUSTOMIZATION, 'kaas-shop', 'shop-access')
    await untilObject(
      api,
      TOPIC,
      { namespace: 'kaas-shop', name: 'orders' },
      (topic) => conditionOf(topic)?.status === 'True',
    )
  })

  test('is not held up by a neighbour whose topic is wrong, and the neighbour is told what and why', async () => {
    await clone.replace('tenants/bakery/access/kafkatopic-orders.yaml', /partitions: \d+/, 'partitions: 0')
    await clone.write(
      'tenants/shop/tenant.yaml',
      documentsOf('shop', {}, { topics: { orders: { partitions: 12 }, clicks: { partitions: 3 } } }),
    )
    await clone.render('shop')
    const commit = await publish('Add a topic to shop, and break one of bakery')
    await untilApplied(api, 'kaas-shop', 'shop-access', commit)
    const broken = await untilObject(
      api,
      KUSTOMIZATION,
      { namespace: 'kaas-bakery', name: 'bakery-access' },
      (object) =>
        conditionOf(object)?.status === 'False' && statusOf(object).lastAttemptedRevision?.endsWith(commit) === true,
    )
    expect(conditionOf(broken)?.message).toMatch(/orders.*spec\.partitions.*greater than or equal to 1/s)
    const kept = await api.get(TOPIC, 'orders', 'kaas-bakery')
    expect(kept?.spec).toMatchObject({ partitions: 12 })
    await clone.render('bakery')
    await untilApplied(api, 'kaas-bakery', 'bakery-access', await publish('Render bakery again'))
  })

  test('cannot reach into the namespace of a neighbour: its account is bound to its own [R60] [R63]', async () => {
    const bakery = await api.asServiceAccount('kaas-bakery', 'kaas-deployer')
    const verdicts = async (namespace: string) =>
      Promise.all(
        ['create', 'patch', 'delete'].map((verb) => bakery.may(verb, 'kafka.strimzi.io', 'kafkatopics', namespace)),
      )
    expect(await verdicts('kaas-bakery')).toEqual([true, true, true])
    expect(await verdicts('kaas-shop')).toEqual([false, false, false])
    expect(await bakery.may('get', '', 'secrets', 'kaas-shop')).toBe(false)
    bakery.close()

    await clone.replace('tenants/bakery/access/kustomization.yaml', 'namespace: kaas-bakery', 'namespace: kaas-shop')
    const commit = await publish('Let bakery write into shop')
    const refused = await untilObject(
      api,
      KUSTOMIZATION,
      { namespace: 'kaas-bakery', name: 'bakery-access' },
      (object) =>
        conditionOf(object)?.status === 'False' && statusOf(object).lastAttemptedRevision?.endsWith(commit) === true,
    )
    expect(conditionOf(refused)?.message).toMatch(/forbidden: User "system:serviceaccount:kaas-bakery:kaas-deployer"/)
    await clone.render('bakery')
    await untilApplied(api, 'kaas-bakery', 'bakery-access', await publish('Render bakery again'))
  })

  test('loses a topic that went from Git, but never its Kafka [R174]', async () => {
    await clone.write('tenants/shop/tenant.yaml', documentsOf('shop'))
    await clone.render('shop')
    await clone.remove('tenants/shop/kafka/kafka-shop.yaml')
    await clone.replace('tenants/shop/kafka/kustomization.yaml', /.*kafka-shop\.yaml\n/, '')
    const commit = await publish('Remove a topic, and the Kafka by mistake')
    await untilGone(api, TOPIC, 'clicks', 'kaas-shop')
    await untilApplied(api, 'kaas-shop', 'shop-kafka', commit)
    const kafka = await api.get(KAFKA, 'shop', 'kaas-shop')
    expect(kafka?.metadata.deletionTimestamp).toBeUndefined()
  })

  test('keeps Kafka, disks, topics and namespace when all its files went from Git', async () => {
    await clone.remove('flux/tenants/bakery.yaml')
    await clone.remove('namespaces/bakery.yaml')
    await clone.remove('tenants/bakery')
    await publish('Remove bakery')
    await untilGone(api, KUSTOMIZATION, 'bakery-kafka', 'kaas-bakery')
    await untilGone(api, KUSTOMIZATION, 'bakery-access', 'kaas-bakery')
    const objects = [
      ['Kafka', 'bakery'],
      ['KafkaNodePool', 'controllers'],
      ['KafkaTopic', 'orders'],
    ] as const
    for (const [kind, name] of objects) {
      const kept = await api.get({ apiVersion: STRIMZI, kind }, name, 'kaas-bakery')
      expect(kept).toBeDefined()
      expect(kept?.metadata.deletionTimestamp).toBeUndefined()
    }
    const namespace = await api.get({ apiVersion: 'v1', kind: 'Namespace' }, 'kaas-bakery')
    expect(namespace?.metadata.deletionTimestamp).toBeUndefined()
  })
})

interface KafkaSpec {
  readonly kafka: { readonly config: Readonly<Record<string, unknown>> }
}
