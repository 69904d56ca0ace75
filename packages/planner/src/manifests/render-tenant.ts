// SPDX-License-Identifier: Apache-2.0
/** A tenant with a Kafka of its own as Kubernetes objects and the files they go to. The same input gives the same objects. */
import { clusterFor } from '../cluster-api/cluster.ts'
import type { ClusterSettings } from '../cluster-api/cluster-settings.ts'
import { platformReleaseFor } from '../cluster-api/platform-release.ts'
import { providerOf } from '../cluster-api/provider-of.ts'
import { tenantKustomizationsFor } from '../flux/tenant-kustomizations.ts'
import { certificateFor } from './certificate.ts'
import { kafkaFor } from './kafka.ts'
import { kafkaNodePoolsFor } from './kafka-node-pools.ts'
import { kafkaRebalancesFor } from './kafka-rebalances.ts'
import { kafkaTopicFor } from './kafka-topic.ts'
import { kafkaUserFor } from './kafka-user.ts'
import { kustomizationFor } from './kustomization.ts'
import { limitRangeFor } from './limit-range.ts'
import type { Manifest } from './manifest.ts'
import { namespaceFor } from './namespace.ts'
import { type DeployedKind, namespaceFileFor } from './namespace-file.ts'
import { networkPoliciesFor } from './network-policies.ts'
import { platformUserFor } from './platform-user.ts'
import { podMonitorFor } from './pod-monitor.ts'
import { prometheusRuleFor } from './prometheus-rule.ts'
import { resourceQuotaFor } from './resource-quota.ts'
import { clusterRolesFor, roleBindingsFor } from './role-bindings.ts'
import { type CheckedInput, checkedInput, type TenantInput } from './tenant-input.ts'

/** An object that has not been given its file yet. */
type Unplaced = Omit<Manifest, 'path'>

/**
 * All objects of the tenant. The order of topics and users in the input does not matter. Throws as checkedInput does, before
 * anything is rendered.
 */
export function renderTenant(input: TenantInput): readonly Manifest[] {
  const checked = checkedInput(input)
  const { clusters } = checked.platform
  const flux = tenantKustomizationsFor(checked)
  const kafka = kafkaObjects(checked)
  const access = folderOf(checked, 'access', accessObjects(checked))
  if (checked.tenant.spec.isolation !== 'cluster' || clusters === undefined) {
    return [...namespaceFileFor(checked), ...folderOf(checked, 'kafka', kafka), ...access, ...flux]
  }
  // The namespace of the tenant's own cluster comes with Kafka; that of the management cluster holds Cluster and Flux objects.
  const inOwnCluster = [namespaceFor(checked), ...roleBindingsFor(checked), ...clusterRolesFor(checked), ...kafka]
  const platform = platformObjects(checked, clusters)
  return [
    ...namespaceFileFor(checked, kindsOf(platform)),
    clusterFor(checked, clusters),
    ...folderOf(checked, 'platform', platform),
    ...folderOf(checked, 'kafka', inOwnCluster),
    ...access,
    ...flux,
  ]
}

/** What a hard tenant's cluster gets before Kafka. */
function platformObjects(input: CheckedInput, clusters: ClusterSettings): readonly Unplaced[] {
  const objects = [platformReleaseFor(input, clusters), ...providerOf(clusters).tenantObjects(clusters, input)]
  return objects.map((object) => ({ object, because: [] }))
}

/** What Flux writes for them: the objects, and what the release writes in turn. It looks at the Cluster to know its health. */
function kindsOf(platform: readonly Unplaced[]): readonly DeployedKind[] {
  const kinds = [
    ...platform.map(({ object }) => [object.apiVersion.split('/')[0] ?? '', `${object.kind.toLowerCase()}s`]),
    ['', 'secrets'],
    ['source.toolkit.fluxcd.io', 'helmrepositories'],
    ['source.toolkit.fluxcd.io', 'ocirepositories'],
  ].map(([apiGroup = '', resource = '']) => ({ apiGroup, resource }))
  const distinct = kinds.filter((each, index) => kinds.findIndex((other) => other.resource === each.resource) === index)
  return [...distinct, { apiGroup: 'cluster.x-k8s.io', resource: 'clusters', onlyRead: true }]
}

/** What a Kafka needs before anybody may use it. */
function kafkaObjects(input: CheckedInput): readonly Unplaced[] {
  return [
    resourceQuotaFor(input),
    limitRangeFor(input),
    ...networkPoliciesFor(input),
    certificateFor(input),
    kafkaFor(input),
    ...kafkaNodePoolsFor(input),
    ...kafkaRebalancesFor(input),
    podMonitorFor(input),
    prometheusRuleFor(input),
  ]
}

/** What lives in Kafka itself, and changes without it. */
function accessObjects(input: CheckedInput): readonly Unplaced[] {
  return [
    ...byName(input.topics).map((topic) => kafkaTopicFor(input, topic)),
    ...byName(input.users).map((user) => kafkaUserFor(input, user)),
    ...platformUserFor(input),
  ]
}

/** One file per object, and their list. */
function folderOf({ tenant }: CheckedInput, name: string, objects: readonly Unplaced[]): readonly Manifest[] {
  const folder = `tenants/${tenant.metadata.name}/${name}/`
  const manifests = objects.map((each) => ({ path: `${folder}${fileNameOf(each.object)}`, ...each }))
  return [...manifests, kustomizationFor(tenant, folder, manifests)]
}

/** `kafkatopic-orders.yaml`. */
function fileNameOf({ kind, metadata }: Manifest['object']): string {
  return `${kind.toLowerCase()}-${metadata?.name ?? ''}.yaml`
}

/** By code unit and not by locale, which differs between machines. */
function byName<T extends { readonly metadata: { readonly name: string } }>(documents: readonly T[]): readonly T[] {
  return documents.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0))
}
