// SPDX-License-Identifier: Apache-2.0
/** Inputs of the tests of Flux objects and of clusters of hard tenants: platforms of AWS in both flavours, and tenants on them. */
import type { Tenant } from '@kaas/domain'
import { dedicatedPlanFor, type PlatformProfile, type TenantInput } from '@kaas/planner'
import { inputFor, platformWith, SIZES } from './manifest-inputs.ts'

/** Ways in which a control plane is run on AWS. */
export const FLAVOURS = ['eks', 'kubeadm'] as const
/** Zones of one region. */
export const REGION_ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'] as const
/** How clients come from outside. */
export const LISTENERS = {
  sni: { type: 'tlsroute', gateway: { name: 'kafka', namespace: 'gateway', sectionName: 'tls' } },
  balancers: { type: 'loadbalancer', annotations: { 'example.org/lb': 'nlb' }, sourceRanges: ['10.0.0.0/8'] },
} as const

const ROLE = 'arn:aws:iam::123456789012:role/kaas'
const COMMON = {
  provider: 'aws',
  region: 'eu-central-1',
  kubernetesVersion: 'v1.36.3',
  apiSourceRanges: ['203.0.113.0/24'],
  values: { certificates: { email: 'platform@example.org' } },
}

/** The section `clusters` by flavour. */
export const CLUSTERS = {
  eks: {
    ...COMMON,
    flavour: 'eks',
    encryptionKey: 'arn:aws:kms:eu-central-1:123456789012:key/1234',
    roles: { dns: `${ROLE}-dns`, disks: `${ROLE}-disks`, loadBalancers: `${ROLE}-load-balancers` },
    addons: {
      coredns: 'v1.13.1-eksbuild.1',
      'eks-pod-identity-agent': 'v1.3.9-eksbuild.3',
      'kube-proxy': 'v1.36.0-eksbuild.2',
      'vpc-cni': 'v1.21.1-eksbuild.1',
    },
  },
  kubeadm: { ...COMMON, flavour: 'kubeadm', profiles: { system: 'kaas-system' } },
} as const

/** A platform that makes clusters. */
export function clusterPlatform(flavour: keyof typeof CLUSTERS, changes: object = {}): PlatformProfile {
  return platformWith(REGION_ZONES, { clusters: CLUSTERS[flavour], external: LISTENERS.balancers, ...changes })
}

/** Tenant `shop` on a platform; `spec` goes over its own. */
export function tenantOn(
  platform: PlatformProfile,
  spec: Partial<Tenant['spec']>,
  size: keyof typeof SIZES = 'small',
): TenantInput {
  const input = inputFor({ size: SIZES[size] })
  const tenant = { ...input.tenant, spec: { ...input.tenant.spec, ...spec } }
  return { ...input, tenant, platform, plan: dedicatedPlanFor(tenant, platform) }
}
