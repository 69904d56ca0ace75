// SPDX-License-Identifier: Apache-2.0
/**
 * Classes and clusters of hard tenants on AWS, judged by the real Cluster API: its webhooks take them, and its topology controller
 * makes what they say. No machine is made here: Amazon's provider does not run, only its kinds are installed.
 */
import { parseDocument } from '@kaas/domain'
import { type PlatformProfile, parsePlatformProfile, renderClusterClasses, renderDocuments } from '@kaas/planner'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { documentsOf, PLATFORM } from './documents.ts'
import { conditionOf, untilObject } from './lane/conditions.ts'
import { type Applied, KubeApi, type KubeObject } from './lane/kube-api.ts'

const CLUSTER = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' }
const DEPLOYMENT = { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineDeployment' }
const MACHINE_TEMPLATE = { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'AWSMachineTemplate' }
const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']
const ROLE = 'arn:aws:iam::123456789012:role/kaas'
const COMMON = {
  provider: 'aws',
  region: 'eu-central-1',
  kubernetesVersion: 'v1.36.3',
  apiSourceRanges: ['203.0.113.0/24'],
}
const CLUSTERS = {
  eks: {
    ...COMMON,
    flavour: 'eks',
    roles: { dns: ROLE, disks: ROLE, loadBalancers: ROLE },
    addons: { coredns: 'v1', 'eks-pod-identity-agent': 'v1', 'kube-proxy': 'v1', 'vpc-cni': 'v1' },
  },
  kubeadm: {
    ...COMMON,
    flavour: 'kubeadm',
    profiles: { system: 'kaas-system' },
    audit: { url: 'https://kaas.example.org' },
  },
} as const
const PEOPLE = { issuer: 'https://id.example.org', clientId: 'kubernetes' }
/** What an API server is told, by flavour, as Cluster API made it of the class. */
const CONTROL_PLANES = {
  eks: { apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2', kind: 'AWSManagedControlPlane' },
  kubeadm: { apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2', kind: 'KubeadmControlPlane' },
} as const
type Flavour = keyof typeof CLUSTERS

let api: KubeApi
beforeAll(() => {
  api = new KubeApi(inject('kubeconfig'))
})
afterAll(() => api?.close())

describe.each(['eks', 'kubeadm'] as const)('a hard tenant on AWS with %s', (flavour) => {
  const platform = platformOf(flavour)
  const tenant = `cloud-${flavour}`
  const namespace = `kaas-${tenant}`

  test('gets a class that Cluster API finds whole', async () => {
    for (const text of renderClusterClasses(platform).values()) await api.apply(parse(text) as Applied)
    const name = { namespace: 'kaas-classes', name: `kaas-aws-${flavour}` }
    await untilObject(
      api,
      { ...CLUSTER, kind: 'ClusterClass' },
      name,
      (each) => conditionOf(each, 'VariablesReady')?.status === 'True',
    )
  })

  test('gets machine deployments in every zone, as many machines as planned, of the planned type [R3] [R5] [R6]', async () => {
    await order(platform, tenant, '5MB/s')
    await untilReconciled(namespace, tenant)
    const deployments = await api.list(DEPLOYMENT, namespace)
    const found = deployments.map((each) => {
      const { replicas, template } = specOf(each)
      return `${roleOf(each)} ${template.spec.failureDomain} ${replicas}`
    })
    expect(found.toSorted()).toEqual(['brokers', 'system'].flatMap((role) => ZONES.map((zone) => `${role} ${zone} 1`)))
    expect(await machinesOf(namespace, 'brokers')).toEqual(['m7g.xlarge', 'm7g.xlarge', 'm7g.xlarge'])
  })

  test('gets API servers that know people by their identity provider, and with kubeadm send their audit log under its name [R65] [R69]', async () => {
    const [plane] = await api.list(CONTROL_PLANES[flavour], namespace)
    const spec = specOf(plane as KubeObject)
    if (flavour === 'eks') {
      expect(spec.oidcIdentityProviderConfig).toMatchObject({ issuerUrl: PEOPLE.issuer, groupsPrefix: 'oidc:' })
      return
    }
    const { files } = spec.kubeadmConfigSpec as { files: { path: string; content?: string }[] }
    const fileOf = (name: string) => files.find(({ path }) => path.endsWith(name))
    expect(parse(fileOf('authentication.yaml')?.content ?? '').jwt[0].issuer.url).toBe(PEOPLE.issuer)
    const webhook = parse(fileOf('audit-webhook.yaml')?.content ?? '')
    expect(webhook.clusters[0].cluster.server).toBe(`https://kaas.example.org/v1/kubernetes/${tenant}/audit`)
    expect(fileOf('audit-token')).toMatchObject({ contentFrom: { secret: { name: 'kaas-audit', key: 'token' } } })
  })

  test('keeps its machine deployments when it grows, which then have more machines or larger ones', async () => {
    const names = async () => (await api.list(DEPLOYMENT, namespace)).map(({ metadata }) => metadata.name).toSorted()
    const before = await names()
    await order(platform, tenant, '200MB/s')
    await untilReconciled(namespace, tenant)
    expect(await names()).toEqual(before)
    const brokers = (await api.list(DEPLOYMENT, namespace)).filter((each) => roleOf(each) === 'brokers')
    const machines = brokers.reduce((sum, each) => sum + specOf(each).replicas, 0)
    const [type] = await machinesOf(namespace, 'brokers')
    expect(`${machines} of ${type}`).not.toBe('3 of m7g.xlarge')
  })

  test('is refused a machine that the class does not admit', async () => {
    const cluster = await api.get(CLUSTER, tenant, namespace)
    const variables = [
      { name: 'brokerMachine', value: 'm9.huge' },
      { name: 'systemMachine', value: 'm7g.xlarge' },
    ]
    const change = api.patch(cluster as KubeObject, { spec: { topology: { variables } } })
    await expect(change).rejects.toThrow(/brokerMachine.*Unsupported value.*m9\.huge/s)
  })
})

function platformOf(flavour: Flavour): PlatformProfile {
  return parsePlatformProfile({ ...parse(PLATFORM), zones: ZONES, clusters: CLUSTERS[flavour], people: PEOPLE })
}

/** Applies namespace and Cluster, which is what Flux does of it in the management cluster before there is another. */
async function order(platform: PlatformProfile, tenant: string, produce: string): Promise<void> {
  const workload = { produce, consume: produce, retention: '1d' }
  const text = documentsOf(tenant, { isolation: 'cluster', workload }, { topics: {}, users: {} })
  const files = renderDocuments([{ resource: parseDocument(parse(text)), text }], platform)
  for (const path of [`namespaces/${tenant}.yaml`, `infrastructure/clusters/${tenant}.yaml`]) {
    for (const document of parseAllDocuments(files.get(path) ?? '')) await api.apply(document.toJS() as Applied)
  }
}

async function untilReconciled(namespace: string, name: string): Promise<void> {
  await untilObject(api, CLUSTER, { namespace, name }, (each) => {
    const condition = conditionOf(each, 'TopologyReconciled')
    return condition?.status === 'True' && condition.observedGeneration === each.metadata.generation
  })
}

async function machinesOf(namespace: string, role: string): Promise<readonly string[]> {
  const templates = await api.list(MACHINE_TEMPLATE, namespace)
  return templates
    .filter(({ metadata }) => metadata.name.includes(role))
    .map((each) => specOf(each).template.spec.instanceType)
}

function roleOf({ metadata }: KubeObject): string {
  return metadata.name.includes('-brokers-') ? 'brokers' : 'system'
}

// As read from the API: plain data into which tests may look deeply.
function specOf({ spec }: KubeObject) {
  return JSON.parse(JSON.stringify(spec))
}
