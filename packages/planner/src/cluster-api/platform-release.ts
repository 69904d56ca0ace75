// SPDX-License-Identifier: Apache-2.0
/**
 * HelmRelease of charts/platform for a hard tenant: operators, issuers, DNS and disks in its own cluster. The chart stands in the
 * management cluster beside Flux; what it holds reaches the tenant's cluster by the kubeconfig that Cluster API writes.
 */
import { SOURCE } from '../flux/flux-system.ts'
import type { KubernetesObject } from '../manifests/manifest.ts'
import { groupOf, kubeconfigSecretOf, metadataOf } from '../manifests/names-of.ts'
import { DEPLOYER } from '../manifests/namespace-file.ts'
import type { CheckedInput } from '../manifests/tenant-input.ts'
import type { ClusterSettings } from './cluster-settings.ts'
import { providerOf } from './provider-of.ts'

/** The release `<tenant>-platform`. Values of the profile win over those made here. */
export function platformReleaseFor(input: CheckedInput, settings: ClusterSettings): KubernetesObject {
  const { tenant } = input
  // No rollback: an older operator must not read what a newer one wrote.
  const again = { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } }
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: metadataOf(tenant, `${tenant.metadata.name}-platform`),
    spec: {
      interval: '10m',
      timeout: '30m',
      serviceAccountName: DEPLOYER,
      // By the version in its Chart.yaml. By revision, every commit of any tenant would upgrade it in all clusters.
      chart: { spec: { chart: './platform/charts/platform', sourceRef: SOURCE, reconcileStrategy: 'ChartVersion' } },
      maxHistory: 3,
      install: again,
      upgrade: again,
      driftDetection: { mode: 'enabled' },
      values: merged(valuesFor(input, settings), settings.values),
    },
  }
}

function valuesFor({ tenant, platform }: CheckedInput, settings: ClusterSettings): Readonly<Record<string, unknown>> {
  const { name } = tenant.metadata
  return {
    target: { kubeConfigSecret: kubeconfigSecretOf(tenant), kubeConfigKey: 'value' },
    clusterName: name,
    // Only names of this tenant, whatever the identity would allow.
    domain: `${name}.${platform.domain}`,
    certificates: { issuerName: platform.issuer.name },
    storageClassName: platform.storageClass,
    administratorsGroup: groupOf(platform, platform.adminGroup),
    ...providerOf(settings).platformValues(settings),
  }
}

type Values = Readonly<Record<string, unknown>>

function merged(below: Values, above: Values): Values {
  const names = [...new Set([...Object.keys(below), ...Object.keys(above)])]
  return Object.fromEntries(
    names.map((name) => {
      const [lower, upper] = [below[name], above[name]]
      return [name, isValues(lower) && isValues(upper) ? merged(lower, upper) : (upper ?? lower)]
    }),
  )
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
