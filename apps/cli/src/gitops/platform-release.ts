// SPDX-License-Identifier: Apache-2.0
/** The release of charts/platform in the management cluster. Written once; its values are the operator's from then on. */
import type { PlatformProfile } from '@kaas/planner'
import { stringify } from 'yaml'
import type { Provider } from './platform-template.ts'

/** What is known of the platform besides its profile. */
export interface PlatformFacts {
  readonly provider: Provider
  readonly region: string | undefined
  /** Where the certificate authority writes before a certificate ends. */
  readonly email: string | undefined
}

/** `platform/release.yaml`: a HelmRelease with everything that charts/platform cannot know by itself. */
export function platformRelease(platform: PlatformProfile, { provider, region, email }: PlatformFacts): string {
  const release = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'platform', namespace: 'flux-system' },
    spec: {
      interval: '10m',
      chart: {
        spec: {
          chart: './platform/charts/platform',
          sourceRef: { kind: 'GitRepository', name: 'kaas' },
          // By the version in its Chart.yaml, which says its content: not by every commit of a tenant.
          reconcileStrategy: 'ChartVersion',
        },
      },
      timeout: '30m',
      maxHistory: 3,
      install: AGAIN,
      upgrade: AGAIN,
      driftDetection: { mode: 'enabled' },
      values: {
        clusterName: 'kaas-management',
        domain: platform.domain,
        provider,
        ...(provider === 'aws' ? { aws: { region: region ?? regionOf(platform) } } : {}),
        certificates: { issuerName: platform.issuer.name, ...(email === undefined ? {} : { email }) },
        storageClassName: platform.storageClass,
        fluxNamespace: 'flux-system',
        ...componentsOf(platform),
      },
    },
  }
  return `${HEAD}\n${stringify(release, { lineWidth: 0, aliasDuplicateObjects: false })}`
}

/** Components that only some platforms need. */
function componentsOf({ external, clusters }: PlatformProfile): object {
  const names = [
    ...(external.type === 'tlsroute' ? ['envoy-gateway'] : []),
    // Makes the identities of pods in clusters of tenants.
    ...(clusters?.flavour === 'eks' ? ['ack-eks-controller'] : []),
  ]
  return names.length === 0 ? {} : { components: Object.fromEntries(names.map((name) => [name, { enabled: true }])) }
}

/** `platform/kustomization.yaml`: the charts below are sources of releases and no objects themselves. */
export function platformKustomization(): string {
  const list = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['release.yaml'] }
  return `# What Flux applies of this folder: not the charts, which are installed by their releases.\n${stringify(list)}`
}

/** No rollback and no removal: an older operator must not read what a newer one wrote. */
const AGAIN = { strategy: { name: 'RetryOnFailure', retryInterval: '2m' } }

const HEAD = `# The components of the management cluster: operators, issuers, DNS, monitoring, policies. This file is yours: kaas wrote it
# once and leaves it alone. All values: platform/charts/platform/values.schema.json.`

/** The zones of AWS are its regions with a letter behind. */
function regionOf({ zones }: PlatformProfile): string {
  return (zones[0] ?? '').replace(/[a-z]$/, '')
}
