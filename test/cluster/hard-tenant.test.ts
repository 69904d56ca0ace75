// SPDX-License-Identifier: Apache-2.0
/**
 * A hard tenant by Git alone: the real Cluster API makes its cluster of the class, Flux applies the tenant into it by the kubeconfig
 * that appears, and a lost cluster is told. Actors play the provider for AWS (a control plane is a real second API server), Strimzi's
 * operator and cert-manager.
 */
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { playCertManager } from './actors/certificate-issuer.ts'
import { type Provider, playProvider } from './actors/infrastructure-provider.ts'
import { POD_IDENTITY_DEFINITION } from './actors/pod-identity-definition.ts'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { documentsOf } from './documents.ts'
import { askAgain, conditionOf, KUSTOMIZATION, STRIMZI, statusOf, untilApplied, untilObject } from './lane/conditions.ts'
import { KubeApi } from './lane/kube-api.ts'
import { type LaneAddress, ZONES } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'
import type { TenantsClone } from './lane/tenants-clone.ts'

const CLUSTER = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' }
const DEPLOYMENT = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineDeployment' }
const MACHINE = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Machine' }
const KAFKA = { apiVersion: STRIMZI, kind: 'Kafka' }
const SECRET = { apiVersion: 'v1', kind: 'Secret' }
const NAMESPACE = 'kaas-bank'

const lane = inject('lane') as LaneAddress
const folder = temporaryDirectory('actors')
const stops: (() => unknown)[] = []
let api: KubeApi
let clone: TenantsClone
let provider: Provider
let tenant: KubeApi

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  await api.apply(POD_IDENTITY_DEFINITION)
  clone = await layOut(lane, api)
  provider = playProvider(api, lane, { zones: ZONES, prefixes: { bank: 'tenant-1' } })
  stops.push(() => provider.stop())
})

afterAll(async () => {
  for (const stop of stops.reverse()) await stop()
  tenant?.close()
  api?.close()
})

describe('an order of a tenant with a cluster of its own', () => {
  test('becomes a cluster with machines in every zone, when an actor plays the provider [R3] [R5] [R90]', async () => {
    await clone.write('tenants/bank/tenant.yaml', documentsOf('bank', { isolation: 'cluster' }))
    await clone.render('bank')
    const commit = await clone.push('Order bank')
    await clone.askFlux()
    await untilApplied(api, 'flux-system', 'kaas-infrastructure', commit)
    await untilObject(
      api,
      CLUSTER,
      { namespace: NAMESPACE, name: 'bank' },
      (cluster) => conditionOf(cluster, 'Available')?.status === 'True',
      100_000,
    )
    const deployments = await api.list(DEPLOYMENT, NAMESPACE)
    const zones = deployments.map(({ spec }) => (spec as MachineDeploymentSpec).template.spec.failureDomain)
    expect(new Set(zones)).toEqual(new Set(ZONES))
    const machines = await api.list(MACHINE, NAMESPACE)
    expect(machines.every((machine) => conditionOf(machine)?.status === 'True')).toBe(true)
    expect(machines.length).toBeGreaterThanOrEqual(deployments.length)
  })

  test('goes into that cluster as soon as its kubeconfig is there, and only there', async () => {
    const running = await provider.clusters.get('bank')
    tenant = new KubeApi(running?.server.adminKubeconfig ?? '')
    stops.push(playCertManager(tenant, join(folder, 'issuer')), playStrimzi(tenant, join(folder, 'strimzi')))
    const commit = await clone.head()
    await askAgain(api, KUSTOMIZATION, NAMESPACE, 'bank-platform')
    for (const name of ['bank-platform', 'bank-kafka', 'bank-access']) await untilApplied(api, NAMESPACE, name, commit)
    expect(statusOf(await tenant.get(KAFKA, 'bank', NAMESPACE))).toMatchObject({ kafkaVersion: '4.3.1' })
    expect(await api.list(KAFKA, NAMESPACE)).toEqual([])
    expect(await tenant.get(SECRET, 'bank.app', NAMESPACE)).toBeDefined()
    expect(await api.get(SECRET, 'bank.app', NAMESPACE)).toBeUndefined()
  })
})

describe('a cluster that is lost', () => {
  test('is told by the words of the connection, and what all tenants share stays ready', async () => {
    await (await provider.clusters.get('bank'))?.stop('at once')
    await askAgain(api, KUSTOMIZATION, NAMESPACE, 'bank-kafka')
    const told = await untilObject(
      api,
      KUSTOMIZATION,
      { namespace: NAMESPACE, name: 'bank-kafka' },
      (object) => conditionOf(object)?.status === 'False',
    )
    expect(conditionOf(told)?.message).toMatch(/connection refused/)
    const shared = await api.get(KUSTOMIZATION, 'kaas-infrastructure', 'flux-system')
    expect(conditionOf(shared)?.status).toBe('True')
  })

  test('takes an order that makes it larger: more machines in the same deployments [R145]', async () => {
    const before = (await api.list(DEPLOYMENT, NAMESPACE)).map(({ metadata }) => metadata.name).sort()
    const machines = await machinesOrdered()
    const workload = { produce: '200MB/s', consume: '600MB/s', retention: '1d' }
    await clone.write('tenants/bank/tenant.yaml', documentsOf('bank', { isolation: 'cluster', workload }))
    await clone.render('bank')
    const commit = await clone.push('Let bank grow')
    await clone.askFlux()
    await untilApplied(api, 'flux-system', 'kaas-infrastructure', commit)
    await untilObject(api, CLUSTER, { namespace: NAMESPACE, name: 'bank' }, (cluster) => {
      const condition = conditionOf(cluster, 'TopologyReconciled')
      return condition?.status === 'True' && condition.observedGeneration === cluster.metadata.generation
    })
    expect((await api.list(DEPLOYMENT, NAMESPACE)).map(({ metadata }) => metadata.name).sort()).toEqual(before)
    expect(await machinesOrdered()).toBeGreaterThan(machines)
  })
})

/** How many machines all deployments are to have. */
async function machinesOrdered(): Promise<number> {
  const deployments = await api.list(DEPLOYMENT, NAMESPACE)
  return deployments.reduce((sum, { spec }) => sum + ((spec as MachineDeploymentSpec).replicas ?? 0), 0)
}

interface MachineDeploymentSpec {
  readonly replicas?: number
  readonly template: { readonly spec: { readonly failureDomain?: string } }
}
