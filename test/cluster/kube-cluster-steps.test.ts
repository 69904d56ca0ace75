// SPDX-License-Identifier: Apache-2.0
/** The steps of a hard tenant's cluster, from statuses that the real Cluster API writes. The provider's word is put in by hand. */
import { readFile } from 'node:fs/promises'
import { type ClusterWatch, progressOfDeletion, type Step, tenantSteps, viewOf, watchCluster } from '@kaas/kube'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'

const TENANT = 'hardsteps'
const NAMESPACE = `kaas-${TENANT}`
const CLUSTER = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' }
const PROVIDER = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'AWSCluster' }
const metadata = { name: TENANT, namespace: NAMESPACE, labels: { 'kaas.dev/tenant': TENANT } }

const lane = inject('lane') as LaneAddress
let api: KubeApi
let watch: ClusterWatch

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  watch = watchCluster({
    kubeconfig: await readFile(lane.kubeconfig, 'utf8'),
    kinds: [
      { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
      { ...CLUSTER, plural: 'clusters' },
      { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', plural: 'helmreleases' },
    ],
    labelSelector: 'kaas.dev/tenant',
    changed: () => {},
    now: () => new Date(),
  })
  await watch.ready(20_000)
})

afterAll(async () => {
  await watch?.close()
  api?.close()
})

test('a cluster that waits for its provider says so in the words of Cluster API, and later steps wait', async () => {
  await api.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE, labels: { ...metadata.labels, 'pod-security.kubernetes.io/enforce': 'restricted' } },
  })
  await api.apply({ ...PROVIDER, metadata, spec: { region: 'eu-central-1' } })
  const infrastructureRef = { apiGroup: 'infrastructure.cluster.x-k8s.io', kind: 'AWSCluster', name: TENANT }
  const controlPlaneRef = { apiGroup: 'controlplane.cluster.x-k8s.io', kind: 'KubeadmControlPlane', name: TENANT }
  await api.apply({ ...CLUSTER, metadata, spec: { infrastructureRef, controlPlaneRef } })
  const infrastructure = await untilStep('infrastructure', 'running', 'NotReady')
  expect(infrastructure.message).toContain('AWSCluster status.initialization.provisioned is false')
  expect(infrastructure.since).toMatch(/^2\d{3}-/)
  await untilStep('kubeconfig', 'running', 'ProbeFailed')
})

test('a cluster without its first worker has no workers, though Cluster API calls them available', async () => {
  const provider = await api.get(PROVIDER, TENANT, NAMESPACE)
  if (provider === undefined) throw new Error('The AWSCluster went.')
  await api.patch(provider, { spec: { controlPlaneEndpoint: { host: '127.0.0.1', port: 1 } } })
  await api.patch(provider, { status: { ready: true } }, 'status')
  await untilStep('infrastructure', 'done', 'Ready')
  await untilStep('control-plane', 'running')
  await untilStep('workers', 'running', 'NoWorkers')
})

test('a deleted cluster is gone when the API server says so', async () => {
  expect(deletionStep('cluster-gone')).toMatchObject({ state: 'waiting', reason: 'NotAsked' })
  await watch.remove({ ...CLUSTER, plural: 'clusters', name: TENANT, namespace: NAMESPACE })
  await api.giveUpNamespace(TENANT)
  await waitFor(() => deletionStep('cluster-gone')?.state === 'done', { what: 'the end of the cluster' })
  expect(deletionStep('kafka-gone')).toMatchObject({ state: 'done' })
})

async function untilStep(name: string, state: Step['state'], reason?: string): Promise<Step> {
  const view = { tenant: TENANT, isolation: 'cluster', hasCommit: () => true } as const
  const find = () => tenantSteps({ ...view, management: viewOf(watch, TENANT) }).find(({ step }) => step === name)
  try {
    return await waitFor(
      () => {
        const found = find()
        return found?.state === state && (reason === undefined || found.reason === reason) ? found : undefined
      },
      { what: `step ${name}` },
    )
  } catch (error) {
    throw new Error(`Step ${name} is last: ${JSON.stringify(find())}`, { cause: error })
  }
}

function deletionStep(name: string): Step | undefined {
  const progress = progressOfDeletion({ tenant: TENANT, isolation: 'cluster', management: viewOf(watch, TENANT) })
  return progress.find(({ step }) => step === name)
}
