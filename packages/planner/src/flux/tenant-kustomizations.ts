// SPDX-License-Identifier: Apache-2.0
/**
 * What Flux does for one tenant: Kafka first, then topics and users, each in a Kustomization of its own that reports by itself.
 * They stand in the tenant's namespace, so that one tenant waits for no other.
 */
import type { Tenant } from '@kaas/domain'
import type { KubernetesObject, Manifest } from '../manifests/manifest.ts'
import { kubeconfigSecretOf, labelsOf, metadataOf, namespaceOf } from '../manifests/names-of.ts'
import { DEPLOYER } from '../manifests/namespace-file.ts'
import type { CheckedInput } from '../manifests/tenant-input.ts'
import { ACCESS_HEALTH, CLUSTER_HEALTH, type HealthExpression, KAFKA_HEALTH } from './flux-health.ts'
import { SOURCE } from './flux-system.ts'

/** What one Kustomization is about. `where` is the cluster in which it applies: the tenant's own, or this one. */
interface Part {
  readonly name: 'platform' | 'kafka' | 'access'
  readonly where: 'tenant' | 'here'
  readonly after?: 'platform' | 'kafka'
  readonly health: readonly HealthExpression[]
  /** What is looked at; without it it is all that is applied. */
  readonly looksAt?: readonly object[]
  /** How long one attempt waits until everything is healthy. */
  readonly timeout: string
}

/** The file `flux/tenants/<tenant>.yaml`. */
export function tenantKustomizationsFor(input: CheckedInput): readonly Manifest[] {
  return partsOf(input).map((part) => ({
    path: `flux/tenants/${input.tenant.metadata.name}.yaml`,
    object: kustomization(input, part),
    because: [],
  }))
}

function partsOf({ tenant }: CheckedInput): readonly Part[] {
  const access = { name: 'access', after: 'kafka', health: ACCESS_HEALTH, timeout: '5m' } as const
  if (tenant.spec.isolation !== 'cluster') {
    return [
      { name: 'kafka', where: 'here', health: KAFKA_HEALTH, timeout: '15m' },
      { ...access, where: 'here' },
    ]
  }
  return [
    { name: 'platform', where: 'here', health: CLUSTER_HEALTH, looksAt: clusterAndRelease(tenant), timeout: '30m' },
    { name: 'kafka', where: 'tenant', after: 'platform', health: KAFKA_HEALTH, timeout: '15m' },
    { ...access, where: 'tenant' },
  ]
}

/** The Cluster is applied by another Kustomization, for all tenants; whether this tenant's is there is said here. */
function clusterAndRelease(tenant: Tenant): readonly object[] {
  const [name, namespace] = [tenant.metadata.name, namespaceOf(tenant)]
  return [
    { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster', name, namespace },
    { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: `${name}-platform`, namespace },
  ]
}

function kustomization({ tenant }: CheckedInput, part: Part): KubernetesObject {
  const { name } = tenant.metadata
  const named = (each: string) => `${name}-${each}`
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: metadataOf(tenant, named(part.name)),
    spec: {
      interval: '10m',
      retryInterval: '1m',
      timeout: part.timeout,
      sourceRef: SOURCE,
      path: `./tenants/${name}/${part.name}`,
      prune: true,
      // A file that goes takes its object along, a Kustomization that goes takes nothing: giving up data is a step of its own.
      deletionPolicy: 'Orphan',
      ...(part.looksAt === undefined ? { wait: true } : { healthChecks: part.looksAt }),
      healthCheckExprs: part.health,
      ...(part.after === undefined ? {} : { dependsOn: [{ name: named(part.after) }] }),
      ...(part.where === 'here'
        ? { serviceAccountName: DEPLOYER }
        : { kubeConfig: { secretRef: { name: kubeconfigSecretOf(tenant), key: 'value' } } }),
      commonMetadata: { labels: labelsOf(tenant) },
    },
  }
}
