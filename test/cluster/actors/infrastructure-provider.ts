// SPDX-License-Identifier: Apache-2.0
/**
 * Plays Cluster API's provider for AWS, which cannot be run without a cloud: it answers AWSCluster, AWSManagedControlPlane,
 * AWSMachine and the bootstrap of EKS nodes as the real one does when all goes well. A control plane is a real second API server,
 * a machine is a Node in it. It checks no quota, makes no network and starts no kubelet.
 */
import { readFileSync } from 'node:fs'
import { freePort } from '@kaas/testkit'
import type { TENANT_CLUSTERS } from '../lane/ensure-database.ts'
import { KubeApi, type KubeObject } from '../lane/kube-api.ts'
import type { LaneAddress } from '../lane/lane.ts'
import { startTenantCluster, type TenantCluster } from '../lane/tenant-cluster.ts'
import { condition, ownedBy, type Part, startActor } from './actor.ts'

const INFRASTRUCTURE = 'infrastructure.cluster.x-k8s.io/v1beta2'
const CONTROL_PLANE = 'controlplane.cluster.x-k8s.io/v1beta2'
const BOOTSTRAP = 'bootstrap.cluster.x-k8s.io/v1beta2'
const CLUSTER_LABEL = 'cluster.x-k8s.io/cluster-name'

/** What the provider is asked to give: zones of its region, and where in the database each cluster keeps its objects. */
export interface ProviderOptions {
  readonly zones: readonly string[]
  /** By the name of the Cluster; others, of another story, are left alone. */
  readonly prefixes: Readonly<Record<string, (typeof TENANT_CLUSTERS)[number]>>
}

/** The provider at work. */
export interface Provider {
  /** The clusters that run, by the name of their Cluster. */
  readonly clusters: ReadonlyMap<string, Promise<TenantCluster>>
  stop(): Promise<void>
}

/** Plays the provider of the management cluster. */
export function playProvider(api: KubeApi, lane: LaneAddress, options: ProviderOptions): Provider {
  const ports = new Map<string, Promise<number>>()
  const clusters = new Map<string, Promise<TenantCluster>>()
  const parts: readonly Part[] = [
    { apiVersion: INFRASTRUCTURE, kind: 'AWSCluster', play: playCluster },
    { apiVersion: INFRASTRUCTURE, kind: 'AWSManagedCluster', play: playManagedCluster },
    { apiVersion: INFRASTRUCTURE, kind: 'AWSMachine', play: playMachine },
    { apiVersion: CONTROL_PLANE, kind: 'AWSManagedControlPlane', play: playManagedControlPlane },
    { apiVersion: BOOTSTRAP, kind: 'NodeadmConfig', play: playBootstrap },
    { apiVersion: BOOTSTRAP, kind: 'EKSConfig', play: playBootstrap },
    { apiVersion: CONTROL_PLANE, kind: 'KubeadmControlPlane', play: playKubeadm },
  ]
  const own = (play: Part['play']): Part['play'] => {
    return async (object, gone) => (clusterOf(object) in options.prefixes ? play(object, gone) : undefined)
  }
  const stopActor = startActor(
    api,
    parts.map((part) => ({ ...part, play: own(part.play) })),
  )
  return {
    clusters,
    stop: async () => {
      await stopActor()
      for (const cluster of clusters.values()) await (await cluster).stop()
    },
  }

  async function playCluster(object: KubeObject, gone: boolean): Promise<void> {
    if (gone || (await isLetGo(object)) || isReady(object)) return
    const failureDomains = Object.fromEntries(options.zones.map((zone) => [zone, { controlPlane: true }]))
    await announce(object)
    await api.patch(object, { status: { ready: true, failureDomains } }, 'status')
  }

  /** Takes its endpoint from the control plane, as the real one does. */
  async function playManagedCluster(object: KubeObject, gone: boolean): Promise<void> {
    if (gone || (await isLetGo(object)) || isReady(object)) return
    const failureDomains = Object.fromEntries(options.zones.map((zone) => [zone, { controlPlane: false }]))
    await announce(object)
    await api.patch(object, { status: { ready: true, failureDomains } }, 'status')
  }

  async function playManagedControlPlane(object: KubeObject, gone: boolean): Promise<void> {
    if (gone || (await isLetGo(object)) || isReady(object)) return
    const name = clusterOf(object)
    const { server } = await clusterFor(name)
    await announce(object)
    await writeKubeconfig(object, name, readFileSync(server.adminKubeconfig))
    const { version } = object.spec as { readonly version?: string }
    const status = {
      ready: true,
      initialized: true,
      externalManagedControlPlane: true,
      version,
      conditions: [condition('Ready', 'True')],
    }
    await api.patch(object, { status }, 'status')
  }

  /** Of a self-managed control plane only its API server is ours: Cluster API makes the authority and the kubeconfig itself. */
  async function playKubeadm(object: KubeObject, gone: boolean): Promise<void> {
    if (gone || object.metadata.deletionTimestamp !== undefined) return
    const name = clusterOf(object)
    if (clusters.has(name)) return
    const secret = await api.get({ apiVersion: 'v1', kind: 'Secret' }, `${name}-ca`, object.metadata.namespace)
    if (secret === undefined) throw new Error('Its authority comes with its first reconciliation.')
    const data = secret.data as Readonly<Record<string, string>>
    const text = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString('utf8')
    const { server } = await clusterFor(name, { certificate: text('tls.crt'), key: text('tls.key') })
    const workload = new KubeApi(server.adminKubeconfig)
    const metadata = { name: 'kubeadm-config', namespace: 'kube-system' }
    await workload.apply({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { ClusterConfiguration: 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n' },
    })
    workload.close()
  }

  async function playBootstrap(object: KubeObject, gone: boolean): Promise<void> {
    if (gone || (await isLetGo(object)) || isReady(object)) return
    const { name, namespace } = object.metadata
    const metadata = { name, namespace, labels: { [CLUSTER_LABEL]: clusterOf(object) } }
    const data = { value: Buffer.from('#!/bin/true\n').toString('base64') }
    await api.apply(
      { apiVersion: 'v1', kind: 'Secret', type: 'cluster.x-k8s.io/secret', metadata, data },
      { manager: 'provider' },
    )
    await api.patch(object, { status: { ready: true, dataSecretName: name } }, 'status')
  }

  /** Once a machine has its bootstrap data, it becomes a Node of the tenant's cluster. */
  async function playMachine(object: KubeObject, gone: boolean): Promise<void> {
    if (gone) return
    const { name } = object.metadata
    if (await isLetGo(object)) {
      const running = clusters.get(clusterOf(object))
      if (running !== undefined)
        await withNodes(await running, (nodes) => nodes.remove({ apiVersion: 'v1', kind: 'Node' }, name))
      return
    }
    if (isReady(object)) return
    const owner = object.metadata.ownerReferences?.find(({ kind }) => kind === 'Machine')
    const machine =
      owner &&
      (await api.get({ apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Machine' }, owner.name, object.metadata.namespace))
    const { failureDomain = options.zones[0], bootstrap } = (machine?.spec ?? {}) as {
      readonly failureDomain?: string
      readonly bootstrap?: { readonly dataSecretName?: string }
    }
    if (bootstrap?.dataSecretName === undefined) throw new Error('Its bootstrap data come later.')
    const providerID = `aws:///${failureDomain}/${name}`
    await withNodes(await clusterFor(clusterOf(object)), (nodes) =>
      createNode(nodes, name, failureDomain ?? '', providerID, machine),
    )
    await api.patch(object, { spec: { providerID } })
    await api.patch(
      object,
      { status: { ready: true, instanceState: 'running', addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] } },
      'status',
    )
  }

  /** The endpoint is known before anything serves there, as the address of a load balancer is. */
  async function announce(object: KubeObject): Promise<void> {
    const controlPlaneEndpoint = { host: '127.0.0.1', port: await portOf(clusterOf(object)) }
    await api.patch(object, { spec: { controlPlaneEndpoint } })
  }

  function portOf(cluster: string): Promise<number> {
    const port = ports.get(cluster) ?? freePort()
    ports.set(cluster, port)
    return port
  }

  function clusterFor(
    name: string,
    authority?: { readonly certificate: string; readonly key: string },
  ): Promise<TenantCluster> {
    const known = clusters.get(name)
    if (known !== undefined) return known
    const prefix = options.prefixes[name]
    if (prefix === undefined) throw new Error(`There is no room for the cluster ${name}.`)
    const started = portOf(name).then((port) =>
      startTenantCluster(lane, { prefix, port, ...(authority !== undefined && { authority }) }),
    )
    clusters.set(name, started)
    return started
  }

  async function writeKubeconfig(owner: KubeObject, cluster: string, content: Buffer): Promise<void> {
    const metadata = {
      name: `${cluster}-kubeconfig`,
      namespace: owner.metadata.namespace,
      labels: { [CLUSTER_LABEL]: cluster },
      ownerReferences: [ownedBy(owner)],
    }
    const data = { value: content.toString('base64') }
    await api.apply(
      { apiVersion: 'v1', kind: 'Secret', type: 'cluster.x-k8s.io/secret', metadata, data },
      { manager: 'provider' },
    )
  }

  /** Whether it is being deleted; then its finalizers are taken, as nothing of it is left in a cloud. */
  async function isLetGo(object: KubeObject): Promise<boolean> {
    if (object.metadata.deletionTimestamp === undefined) return false
    if ((object.metadata.finalizers ?? []).length > 0) await api.patch(object, { metadata: { finalizers: [] } })
    return true
  }
}

async function withNodes(cluster: TenantCluster, use: (nodes: KubeApi) => Promise<unknown>): Promise<void> {
  const nodes = new KubeApi(cluster.server.adminKubeconfig)
  try {
    await use(nodes)
  } finally {
    nodes.close()
  }
}

async function createNode(
  nodes: KubeApi,
  name: string,
  zone: string,
  providerID: string,
  machine?: KubeObject,
): Promise<void> {
  const labels = { 'topology.kubernetes.io/zone': zone, 'kubernetes.io/hostname': name }
  const node = await nodes.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: { providerID } })
  const { version } = (machine?.spec ?? {}) as { readonly version?: string }
  const conditions = [
    condition('Ready', 'True', 'KubeletReady', 'played'),
    ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => condition(type, 'False', 'Played', 'played')),
  ]
  const nodeInfo = { kubeletVersion: version ?? 'v1.36.3' }
  await nodes.patch(node, { status: { conditions, nodeInfo } }, 'status')
}

function clusterOf({ metadata }: KubeObject): string {
  return metadata.labels?.[CLUSTER_LABEL] ?? ''
}

function isReady({ status }: KubeObject): boolean {
  return (status as { readonly ready?: boolean } | undefined)?.ready === true
}
