// SPDX-License-Identifier: Apache-2.0
/** Clusters of hard tenants: what follows from the plan, what stays when it changes, where clouds are named, and what is refused. */
import { readdirSync, readFileSync } from 'node:fs'
import {
  type KubernetesObject,
  type Manifest,
  parsePlatformProfile,
  renderClusterClasses,
  renderTenant,
} from '@kaas/planner'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { CLUSTERS, clusterPlatform, FLAVOURS, REGION_ZONES, tenantOn } from '../../test/cluster-inputs.ts'
import { platformWith, ZONES } from '../../test/manifest-inputs.ts'
import { AWS_MACHINES } from './aws/aws-settings.ts'

const hard = { isolation: 'cluster' } as const
const find = (manifests: readonly Manifest[], kind: string) => manifests.filter(({ object }) => object.kind === kind)
// As read back from text: plain data into which tests may look deeply.
const specOf = (object: KubernetesObject | undefined) => JSON.parse(JSON.stringify(object?.spec ?? null))
const clusterOf = (input: Parameters<typeof renderTenant>[0]) => specOf(find(renderTenant(input), 'Cluster')[0]?.object)
const deploymentsOf = (input: Parameters<typeof renderTenant>[0]) => clusterOf(input).topology.workers.machineDeployments
const classObjects = (platform = clusterPlatform('kubeadm')): KubernetesObject[] =>
  [...renderClusterClasses(platform).values()].map((text) => parse(text))

describe('the cluster of a hard tenant', () => {
  it('has machines for brokers and for the rest in every zone, two in each at least: six on three zones [R3] [R6]', () => {
    const deployments = deploymentsOf(tenantOn(clusterPlatform('kubeadm'), hard))
    expect(deployments.map((each: { failureDomain: string }) => each.failureDomain)).toEqual(
      REGION_ZONES.flatMap((zone) => [zone, zone]),
    )
    expect(deployments.reduce((sum: number, each: object) => sum + leastOf(each), 0)).toBeGreaterThanOrEqual(6)
  })

  it.each([1, 2, 3])('keeps three machines for the controllers of Kafka in %i zones', (zones) => {
    const system = deploymentsOf(tenantOn(clusterPlatform('eks'), { ...hard, zones })).filter(
      (each: { class: string }) => each.class === 'system',
    )
    expect(system.reduce((sum: number, each: object) => sum + leastOf(each), 0)).toBeGreaterThanOrEqual(3)
  })

  it('has three machines for its control plane, or leaves them to the cloud [R1]', () => {
    expect(clusterOf(tenantOn(clusterPlatform('kubeadm'), hard)).topology.controlPlane.replicas).toBe(3)
    expect(clusterOf(tenantOn(clusterPlatform('eks'), hard)).topology.controlPlane).toBeUndefined()
  })

  it('has as many machines for brokers as the plan has brokers, of the planned type [R5]', () => {
    const input = tenantOn(clusterPlatform('eks'), hard, 'large')
    const brokers = deploymentsOf(input).filter((each: { class: string }) => each.class === 'brokers')
    if (input.plan.kind !== 'fits') throw new Error('The plan does not fit.')
    expect(brokers.map(leastOf)).toEqual(REGION_ZONES.map(() => brokersPerZone(input)))
    expect(clusterOf(input).topology.variables).toContainEqual({ name: 'brokerMachine', value: input.plan.broker.instance })
  })

  it('gives an autoscaler bounds from the plan, with room for one more while one is replaced, and no number beside it', () => {
    const input = tenantOn(clusterPlatform('eks', { clusters: { ...CLUSTERS.eks, autoscaler: true } }), hard, 'large')
    for (const each of deploymentsOf(input)) {
      expect(each).not.toHaveProperty('replicas')
      const [least, most] = ['min', 'max'].map((end) => Number(each.metadata.annotations[`${SIZE}-${end}-size`]))
      const planned = each.class === 'brokers' ? [brokersPerZone(input), brokersPerZone(input) + 1] : [1, 2]
      expect([least, most]).toEqual(planned)
    }
  })

  it('never takes a broker its machine away before Kafka lets it go', () => {
    for (const each of deploymentsOf(tenantOn(clusterPlatform('eks'), hard))) {
      expect(each.deletion.nodeDrainTimeoutSeconds).toBe(each.class === 'brokers' ? undefined : 1800)
    }
  })

  it('keeps every name when the tenant grows, so that no machine is replaced for its name', () => {
    const names = (size: 'small' | 'large') =>
      deploymentsOf(tenantOn(clusterPlatform('eks'), hard, size)).map((each: { name: string }) => each.name)
    expect(names('large')).toEqual(names('small'))
  })

  it('replaces machines that are away, one at a time', () => {
    for (const each of deploymentsOf(tenantOn(clusterPlatform('kubeadm'), hard))) {
      expect(each.healthCheck).toMatchObject({ enabled: true, remediation: { maxInFlight: 1 } })
    }
  })

  it('has brokers on their own machines and nothing else there [R24] [R53]', () => {
    const pools = find(renderTenant(tenantOn(clusterPlatform('eks'), hard)), 'KafkaNodePool').map(({ object }) => object)
    for (const pool of pools) {
      const { roles, template } = specOf(pool)
      const terms = template.pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms
      const onBrokerNodes = JSON.stringify(terms).includes('kaas.node.cluster.x-k8s.io/nodes')
      const tolerates = template.pod.tolerations !== undefined
      expect({ onBrokerNodes, tolerates }).toEqual(
        roles[0] === 'broker' ? { onBrokerNodes: true, tolerates: true } : { onBrokerNodes: false, tolerates: false },
      )
    }
    const taints = classObjects().map((object) => JSON.stringify(object).includes('"effect":"NoSchedule"'))
    expect(taints.filter(Boolean)).toHaveLength(1)
  })

  it('gets its platform from one release that reaches it by the Secret of Cluster API [R175]', () => {
    const [release] = find(renderTenant(tenantOn(clusterPlatform('eks'), hard)), 'HelmRelease').map(({ object }) =>
      specOf(object),
    )
    expect(release.values).toMatchObject({
      target: { kubeConfigSecret: 'shop-kubeconfig', kubeConfigKey: 'value' },
      domain: 'shop.kafka.example.org',
      certificates: { issuerName: 'letsencrypt', email: 'platform@example.org' },
      aws: { managedControlPlane: true },
    })
    expect(release.install.strategy.name).toBe('RetryOnFailure')
  })

  it.each(FLAVOURS)('gives the chart of the platform only values that its schema takes: %s', (flavour) => {
    const chart = new URL('../../../../charts/platform/', import.meta.url)
    const [release] = find(renderTenant(tenantOn(clusterPlatform(flavour), hard)), 'HelmRelease').map(({ object }) =>
      specOf(object),
    )
    const defaults = parse(readFileSync(new URL('values.yaml', chart), 'utf8'))
    const takes = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(new URL('values.schema.json', chart), 'utf8')))
    const merged = merge(defaults, release.values)
    takes(merged)
    expect(takes.errors).toBeNull()
    expect(takes({ ...merged, kubernetes: 'v1' })).toBe(false)
  })

  it('has a network of pods of its own where the cloud brings none, let through between all of its machines [R29]', () => {
    const [own, cloud] = (['kubeadm', 'eks'] as const).map((flavour) => {
      const [release] = find(renderTenant(tenantOn(clusterPlatform(flavour), hard)), 'HelmRelease')
      return specOf(release?.object).values.components
    })
    expect(own).toEqual({ cilium: { enabled: true } })
    expect(cloud).toBeUndefined()
    const [made] = classObjects().filter(({ kind }) => kind === 'AWSClusterTemplate')
    const { cniIngressRules: rules } = specOf(made).template.spec.network.cni
    expect(rules).toContainEqual({ description: 'VXLAN (Cilium)', protocol: 'udp', fromPort: 8472, toPort: 8472 })
    expect(JSON.stringify(rules)).not.toMatch(/calico/i)
  })

  it('cuts addresses of pods from one range that its machines and services do not use', () => {
    const { pods, services } = clusterOf(tenantOn(clusterPlatform('kubeadm'), hard)).clusterNetwork
    const [network] = classObjects()
      .filter(({ kind }) => kind === 'AWSClusterTemplate')
      .map((object) => specOf(object).template.spec.network.vpc.cidrBlock)
    const beginnings = [...pods.cidrBlocks, ...services.cidrBlocks, network].map((range) => range.replace(/\.0\.0\/16$/, ''))
    expect(beginnings).toEqual([expect.any(String), expect.any(String), expect.any(String)])
    expect(new Set(beginnings).size).toBe(3)
    // Cilium takes the range of each node from Kubernetes, and so needs no value that could differ.
    const chart = readFileSync(new URL('../../../../charts/platform/templates/_components.tpl', import.meta.url), 'utf8')
    expect(chart).toContain('ipam: {mode: kubernetes}')
    expect(chart).not.toMatch(/PodCIDRList/i)
  })

  it('has policies enforced by the network of EKS, which takes them and does nothing unless told [R29]', () => {
    const [plane] = classObjects(clusterPlatform('eks')).filter(({ kind }) => kind === 'AWSManagedControlPlaneTemplate')
    const addons: { name: string; configuration?: string }[] = specOf(plane).template.spec.addons
    const network = addons.find(({ name }) => name === 'vpc-cni')
    expect(JSON.parse(network?.configuration ?? '{}')).toEqual({ enableNetworkPolicy: 'true' })
  })

  it('lets pods act as roles that exist before any cluster does, under the name of its tenant', () => {
    const identities = find(renderTenant(tenantOn(clusterPlatform('eks'), hard)), 'PodIdentityAssociation')
    expect(identities.map(({ object }) => specOf(object))).toContainEqual({
      clusterName: 'shop',
      namespace: 'external-dns',
      serviceAccount: 'external-dns',
      roleARN: CLUSTERS.eks.roles.dns,
    })
    expect(find(renderTenant(tenantOn(clusterPlatform('kubeadm'), hard)), 'PodIdentityAssociation')).toEqual([])
  })
})

describe('the class of clusters', () => {
  it.each(FLAVOURS)('%s puts machines into private subnets, on encrypted disks, with guarded metadata [R8]', (flavour) => {
    const objects = classObjects(clusterPlatform(flavour))
    const machines = objects
      .filter(({ kind }) => kind === 'AWSMachineTemplate')
      .map((object) => specOf(object).template.spec)
    expect(machines.length).toBeGreaterThan(1)
    for (const machine of machines) {
      expect(machine).toMatchObject({
        publicIP: false,
        rootVolume: { encrypted: true },
        instanceMetadataOptions: { httpTokens: 'required' },
      })
    }
    expect(JSON.stringify(objects)).toContain('203.0.113.0/24')
    expect(JSON.stringify(objects)).not.toContain('0.0.0.0/0')
  })

  it.each(FLAVOURS)('%s has a private and a public subnet in each zone, none overlapping [R10]', (flavour) => {
    const all = classObjects(clusterPlatform(flavour)).flatMap(
      (object) => specOf(object)?.template?.spec?.network?.subnets ?? [],
    )
    expect(all.filter((each) => !each.isPublic).map((each) => each.availabilityZone)).toEqual([...REGION_ZONES])
    expect(new Set(all.map((each) => each.cidrBlock)).size).toBe(2 * REGION_ZONES.length)
  })

  it.each(FLAVOURS)('%s admits only machines that a plan can ask for [R11]', (flavour) => {
    const [made] = classObjects(clusterPlatform(flavour)).filter(({ kind }) => kind === 'ClusterClass')
    for (const { schema } of specOf(made).variables) expect(schema.openAPIV3Schema.enum).toEqual([...AWS_MACHINES])
  })

  it('runs Ubuntu 24.04 where machines are ours [R12]', () => {
    const machines = classObjects().filter(({ kind }) => kind === 'AWSMachineTemplate')
    for (const machine of machines) expect(specOf(machine).template.spec.imageLookupBaseOS).toBe('ubuntu-24.04')
  })

  it('gives a changed template another name, keeps the others, and keeps its own', () => {
    const names = (platform = clusterPlatform('eks')) => classObjects(platform).map(({ metadata }) => metadata?.name ?? '')
    const changed = names(clusterPlatform('eks', { clusters: { ...CLUSTERS.eks, apiSourceRanges: ['198.51.100.0/24'] } }))
    const gone = names().filter((name) => !changed.includes(name))
    expect(gone).toEqual([expect.stringMatching(/^kaas-aws-eks-control-plane-[0-9a-f]{8}$/)])
    expect(changed).toContain('kaas-aws-eks')
  })

  it('is nothing for a platform that makes no clusters', () => {
    expect(renderClusterClasses(platformWith(ZONES[3])).size).toBe(0)
  })
})

it('no cloud is named outside the folder of its provider, but in the lists of providers', () => {
  const folder = new URL('./', import.meta.url)
  const named = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .filter(({ name }) => /aws|eks|ec2/i.test(readFileSync(new URL(name, folder), 'utf8')))
    .map(({ name }) => name)
  expect(named).toEqual(['cluster-settings.ts', 'provider-of.ts'])
})

it('the profile that the guide shows is one from which clusters are made', () => {
  const guide = readFileSync(new URL('../../../../docs/guides/render-in-ci.md', import.meta.url), 'utf8')
  const blocks = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => parse(text))
  const platform = parsePlatformProfile(Object.assign({}, ...blocks))
  expect(renderClusterClasses(platform).size).toBeGreaterThan(5)
  expect(() => renderTenant(tenantOn(platform, hard))).not.toThrow()
})

describe('a platform that cannot make the cluster is refused with what to do', () => {
  const profile = (clusters: object) => {
    const { zones: _, ...rest } = clusterPlatform('kubeadm')
    return () => parsePlatformProfile({ ...rest, zones: REGION_ZONES, clusters })
  }

  it.each([
    ['an unknown provider', { ...CLUSTERS.eks, provider: 'moon' }, /no provider "moon"; known is aws/],
    ['no provider', {}, /no provider undefined/],
    ['a Kubernetes that is too old', { ...CLUSTERS.eks, kubernetesVersion: 'v1.29.4' }, /Strimzi needs v1.30 or later/],
    ['an unknown flavour', { ...CLUSTERS.eks, flavour: 'k3s' }, /clusters.flavour/],
    [
      'an unknown type of machine',
      { ...CLUSTERS.eks, machines: { system: 'm9.huge' } },
      /clusters.machines.system: Must be one of m7g/,
    ],
    ['EKS without roles', { ...CLUSTERS.eks, roles: undefined }, /clusters.roles: EKS needs the roles/],
    [
      'EKS without the version of an add-on',
      { ...CLUSTERS.eks, addons: {} },
      /clusters.addons.vpc-cni: EKS needs its version/,
    ],
    ['kubeadm without a profile of system nodes', { ...CLUSTERS.kubeadm, profiles: {} }, /clusters.profiles.system/],
    ['an API server for everybody', { ...CLUSTERS.eks, apiSourceRanges: [] }, /clusters.apiSourceRanges: Say from where/],
  ])('%s', (_, clusters, message) => {
    expect(profile(clusters)).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringMatching(message) }),
    )
  })

  it('a tenant with a cluster, where the platform does not say how clusters are made', () => {
    expect(() => renderTenant(tenantOn(platformWith(ZONES[3]), hard))).toThrow(
      expect.objectContaining({ code: 'config-invalid', fields: [{ path: 'clusters', message: 'Is missing.' }] }),
    )
  })

  it('load balancers that send to pods in a network that they cannot reach', () => {
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' }
    const external = { type: 'loadbalancer', annotations }
    expect(() => renderTenant(tenantOn(clusterPlatform('kubeadm', { external }), hard))).toThrow(
      expect.objectContaining({ code: 'config-invalid', help: expect.stringContaining('to instance') }),
    )
    expect(() => renderTenant(tenantOn(clusterPlatform('eks', { external }), hard))).not.toThrow()
  })

  it('zones of another region', () => {
    expect(() => renderClusterClasses(clusterPlatform('eks', { zones: ['us-east-1a'] }))).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: 'Zone us-east-1a is none of region eu-central-1.' }),
    )
  })
})

const SIZE = 'cluster.x-k8s.io/cluster-api-autoscaler-node-group'
/** Values as Helm merges them. */
function merge(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> {
  const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = Object.entries(above).map(([name, value]) => {
    const lower = below[name]
    return [name, isMap(lower) && isMap(value) ? merge(Object(lower), Object(value)) : value]
  })
  return { ...below, ...Object.fromEntries(entries) }
}

function leastOf(deployment: unknown): number {
  return (deployment as { readonly replicas: number }).replicas
}

function brokersPerZone({ plan }: Parameters<typeof renderTenant>[0]): number {
  if (plan.kind !== 'fits') throw new Error('The plan does not fit.')
  return plan.brokers / plan.zones
}
