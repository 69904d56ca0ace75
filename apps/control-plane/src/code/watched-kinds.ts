// SPDX-License-Identifier: Apache-2.0
/** Which kinds of Kubernetes the control plane looks at, and by which label it finds what is its own. */
import { TENANT_KIND, type WatchedKind } from '@kaas/kube'

/** On every object that is rendered. */
export const OWN_LABEL = 'app.kubernetes.io/managed-by=kaas'

const KAFKA = 'kafka.strimzi.io/v1'

/** What runs Kafka, wherever it runs. */
const WORKLOAD_KINDS: readonly WatchedKind[] = [
  { apiVersion: KAFKA, kind: 'Kafka', plural: 'kafkas' },
  { apiVersion: KAFKA, kind: 'KafkaNodePool', plural: 'kafkanodepools' },
  { apiVersion: KAFKA, kind: 'KafkaTopic', plural: 'kafkatopics' },
  { apiVersion: KAFKA, kind: 'KafkaUser', plural: 'kafkausers' },
  { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' },
  // Strimzi hands the tenant's labels on to its volumes, but says there that it manages them itself.
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', labelSelector: 'kaas.dev/tenant' },
]

/** In the cluster that runs Flux and Cluster API. */
export const MANAGEMENT_KINDS: readonly WatchedKind[] = [
  ...WORKLOAD_KINDS,
  { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository', plural: 'gitrepositories' },
  { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', plural: 'kustomizations' },
  { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', plural: 'helmreleases' },
  { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster', plural: 'clusters' },
  TENANT_KIND,
]

/** In the cluster of one tenant. */
export const TENANT_KINDS: readonly WatchedKind[] = WORKLOAD_KINDS

/** The path word of a kind, for removing one of its objects. Throws RangeError for a kind that is not looked at. */
export function pluralOf(kind: string): string {
  const found = MANAGEMENT_KINDS.find((each) => each.kind === kind)
  if (found === undefined) throw new RangeError(`${kind} is not looked at.`)
  return found.plural
}
