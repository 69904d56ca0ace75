// SPDX-License-Identifier: Apache-2.0
/** docs/guides/install-on-kubernetes.md on a real API server and scheduler: the charts by Helm, in a namespace with Pod Security restricted. */
import { runProgram, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ChartRelease, installChart } from './lane/install-chart.ts'
import { KubeApi, type KubeObject } from './lane/kube-api.ts'
import { type LaneAddress, ZONES } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'

const NAMESPACE = 'kaas-system'
const CONTROL_PLANE = { chart: 'control-plane', example: 'git-over-https', release: 'kaas', namespace: NAMESPACE }
const GATEWAY = { chart: 'gateway', example: 'smallest', release: 'gateway', namespace: NAMESPACE }
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' }
const POD = { apiVersion: 'v1', kind: 'Pod' }

const lane = inject('lane') as LaneAddress
let api: KubeApi

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE, labels } })
  await layOut(lane, api)
})

afterAll(async () => {
  const uninstall = ['uninstall', GATEWAY.release, CONTROL_PLANE.release, '--namespace', NAMESPACE, '--ignore-not-found']
  await runProgram(lane.binaries.helm, uninstall, { env: { ...process.env, KUBECONFIG: lane.kubeconfig } })
  await api.remove({ apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)
  api.close()
})

describe('Helm installs', () => {
  test('the control plane: first the job of the schema, then pods over zones that Pod Security restricted takes [R84] [R138]', async () => {
    await installChart(lane, CONTROL_PLANE)
    const job = await api.get({ apiVersion: 'batch/v1', kind: 'Job' }, 'kaas-migrate', NAMESPACE)
    expect(job?.status).toMatchObject({ succeeded: 1 })
    const deployment = await untilAvailable(CONTROL_PLANE)
    expect(Date.parse(created(deployment))).toBeGreaterThanOrEqual(Date.parse(String(statusOf(job).completionTime)))
    expect(await zonesOf(CONTROL_PLANE)).toEqual([...ZONES])
  })

  test('the gateway: three pods, one in each zone, behind a load balancer [R34]', async () => {
    await installChart(lane, GATEWAY)
    await untilAvailable(GATEWAY)
    expect(await zonesOf(GATEWAY)).toEqual([...ZONES])
    const service = await api.get({ apiVersion: 'v1', kind: 'Service' }, 'gateway', NAMESPACE)
    expect(service?.spec).toMatchObject({ type: 'LoadBalancer' })
  })
})

describe('what runs', () => {
  test('goes one pod at a time when nodes are emptied: the budget refuses the second eviction', async () => {
    const [first, second] = await podsOf(GATEWAY)
    await stopScheduling(true)
    try {
      await evict(first)
      await expect(evict(second)).rejects.toThrow(/disruption budget/)
    } finally {
      await stopScheduling(false)
    }
    await untilAvailable(GATEWAY)
  })

  test('stays as it is when a value is wrong', async () => {
    const before = await api.get(DEPLOYMENT, 'gateway', NAMESPACE)
    await expect(installChart(lane, GATEWAY, '--set', 'replicas=1')).rejects.toThrow(/replicas/)
    const after = await api.get(DEPLOYMENT, 'gateway', NAMESPACE)
    expect(after?.metadata.resourceVersion).toBe(before?.metadata.resourceVersion)
  })

  test('is replaced pod by pod when its configuration changes [R171]', async () => {
    const before = (await podsOf(GATEWAY)).map(({ metadata }) => metadata.uid)
    await installChart(lane, GATEWAY, '--set', 'logLevel=debug')
    await waitFor(async () => (await podsOf(GATEWAY)).every(({ metadata }) => !before.includes(metadata.uid)), {
      what: 'new pods of the gateway',
    })
    await untilAvailable(GATEWAY)
  })
})

describe('the service account of the control plane', () => {
  const may = async (verb: string, group: string, resource: string) => {
    const account = await api.asServiceAccount(NAMESPACE, 'kaas')
    const allowed = await account.may(verb, group, resource, 'kaas-shop')
    account.close()
    return allowed
  }

  test.each([
    ['watch', 'kafka.strimzi.io', 'kafkas'],
    ['watch', 'helm.toolkit.fluxcd.io', 'helmreleases'],
    ['list', 'cluster.x-k8s.io', 'clusters'],
    ['list', '', 'persistentvolumeclaims'],
    ['patch', 'kaas.dev', 'tenants'],
    ['patch', 'kafka.strimzi.io', 'kafkatopics'],
    ['delete', 'kafka.strimzi.io', 'kafkas'],
    ['delete', '', 'namespaces'],
  ])('may %s %s %s [R60]', async (verb, group, resource) => {
    expect(await may(verb, group, resource)).toBe(true)
  })

  test.each([
    ['patch', 'kafka.strimzi.io', 'kafkas'],
    ['create', 'kafka.strimzi.io', 'kafkatopics'],
    ['delete', '', 'persistentvolumeclaims'],
    ['list', '', 'secrets'],
    // The example reads Secrets by namespace, and this namespace did not allow it.
    ['get', '', 'secrets'],
    ['create', '', 'pods'],
    ['create', 'rbac.authorization.k8s.io', 'rolebindings'],
  ])('may not %s %s %s [R60]', async (verb, group, resource) => {
    expect(await may(verb, group, resource)).toBe(false)
  })

  test('changes and removes namespaces of tenants only, whatever its role allows [R60]', async () => {
    const somebody = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'somebody-else' } }
    await api.apply(somebody)
    const account = await api.asServiceAccount(NAMESPACE, 'kaas')
    const mark = { ...somebody, metadata: { ...somebody.metadata, annotations: { 'kaas.dev/purge': 'shop' } } }
    try {
      await waitFor(() => refused(account.apply(mark, { dryRun: true })), { what: 'the policy' })
      await expect(account.remove(somebody, somebody.metadata.name)).rejects.toThrow(/namespaces of tenants, and no others/)
    } finally {
      account.close()
      await api.remove(somebody, somebody.metadata.name)
    }
  })

  test('removes the namespace of a tenant only after its data were given up by name', async () => {
    const kind = { apiVersion: 'v1', kind: 'Namespace' }
    const name = 'kaas-given-up'
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', 'kaas.dev/tenant': 'given-up' }
    await api.apply({ ...kind, metadata: { name, labels } })
    const account = await api.asServiceAccount(NAMESPACE, 'kaas')
    await expect(account.remove(kind, name)).rejects.toThrow(/holds the data of a tenant/)
    await account.apply({ ...kind, metadata: { name, annotations: { 'kaas.dev/purge': 'given-up' } } }, { manager: 'kaas' })
    await account.remove(kind, name)
    account.close()
    await waitFor(async () => (await api.get(kind, name)) === undefined, { what: 'the namespace to go' })
  })
})

/** The policy comes into force with the platform, some time after the lane began. */
async function refused(request: Promise<unknown>): Promise<boolean> {
  return await request.then(
    () => false,
    (error: unknown) => /namespaces of tenants, and no others/.test(String(error)),
  )
}

function untilAvailable({ release }: ChartRelease): Promise<KubeObject> {
  const probe = async () => {
    const deployment = await api.get(DEPLOYMENT, release, NAMESPACE)
    const { availableReplicas, updatedReplicas, replicas, observedGeneration } = statusOf(deployment)
    const wanted = (deployment?.spec as { readonly replicas: number } | undefined)?.replicas
    const isCurrent = observedGeneration === deployment?.metadata.generation
    const isWhole = [availableReplicas, updatedReplicas, replicas].every((each) => each === wanted)
    return isCurrent && isWhole ? deployment : undefined
  }
  return waitFor(probe, { what: `the pods of ${release}`, pollMs: 200 }) as Promise<KubeObject>
}

/** Pods that serve: those of jobs have another component. */
async function podsOf({ chart, release }: ChartRelease): Promise<readonly KubeObject[]> {
  const component = chart === 'gateway' ? 'gateway' : 'api'
  const selector = `app.kubernetes.io/instance=${release},app.kubernetes.io/component=${component}`
  const pods = await api.list(POD, NAMESPACE, selector)
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
}

async function zonesOf(release: ChartRelease): Promise<readonly string[]> {
  const nodes = (await podsOf(release)).map(({ spec }) => (spec as { readonly nodeName: string }).nodeName)
  return nodes.map((name) => name.replace(/-\d$/, '')).sort()
}

async function stopScheduling(unschedulable: boolean): Promise<void> {
  const nodes = await api.list({ apiVersion: 'v1', kind: 'Node' })
  await Promise.all(nodes.map((node) => api.patch({ ...node, apiVersion: 'v1', kind: 'Node' }, { spec: { unschedulable } })))
}

async function evict(pod: KubeObject | undefined): Promise<void> {
  const { name } = (pod as KubeObject).metadata
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE } }
  await api.post(`/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`, eviction)
}

function statusOf(object: KubeObject | undefined): Readonly<Record<string, unknown>> {
  return (object?.status ?? {}) as Readonly<Record<string, unknown>>
}

function created(object: KubeObject): string {
  return String((object.metadata as unknown as { readonly creationTimestamp: string }).creationTimestamp)
}
