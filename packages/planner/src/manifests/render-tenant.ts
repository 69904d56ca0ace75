// SPDX-License-Identifier: Apache-2.0
/** A tenant with a Kafka of its own as Kubernetes objects and the files they go to. The same input gives the same objects. */
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
import { networkPoliciesFor } from './network-policies.ts'
import { podMonitorFor } from './pod-monitor.ts'
import { prometheusRuleFor } from './prometheus-rule.ts'
import { resourceQuotaFor } from './resource-quota.ts'
import { roleBindingFor } from './role-binding.ts'
import { type CheckedInput, checkedInput, type TenantInput } from './tenant-input.ts'

/** An object that has not been given its file yet. */
type Unplaced = Omit<Manifest, 'path'>

/**
 * All objects of the tenant. The order of topics and users in the input does not matter. Throws as checkedInput does, before
 * anything is rendered.
 */
export function renderTenant(input: TenantInput): readonly Manifest[] {
  const checked = checkedInput(input)
  return [
    namespaceFor(checked),
    ...folderOf(checked, 'kafka', kafkaObjects(checked)),
    ...folderOf(checked, 'access', accessObjects(checked)),
  ]
}

/** What a Kafka needs before anybody may use it. */
function kafkaObjects(input: CheckedInput): readonly Unplaced[] {
  return [
    resourceQuotaFor(input),
    limitRangeFor(input),
    ...networkPoliciesFor(input),
    roleBindingFor(input),
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
