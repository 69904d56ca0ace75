// SPDX-License-Identifier: Apache-2.0
/** A tenant with isolation `namespace` as Kubernetes objects, one file per object. The same input gives the same objects. */
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
import { checkedInput, type TenantInput } from './tenant-input.ts'

/**
 * All objects of the tenant. The order of topics and users in the input does not matter. Throws as checkedInput does, before
 * anything is rendered.
 */
export function renderTenant(input: TenantInput): readonly Manifest[] {
  const checked = checkedInput(input)
  const folder = `tenants/${checked.tenant.metadata.name}`
  const manifests = [
    resourceQuotaFor(checked),
    limitRangeFor(checked),
    ...networkPoliciesFor(checked),
    roleBindingFor(checked),
    certificateFor(checked),
    kafkaFor(checked),
    ...kafkaNodePoolsFor(checked),
    ...kafkaRebalancesFor(checked),
    ...byName(checked.topics).map((topic) => kafkaTopicFor(checked, topic)),
    ...byName(checked.users).map((user) => kafkaUserFor(checked, user)),
    podMonitorFor(checked),
    prometheusRuleFor(checked),
  ].map(({ object, because }) => ({ path: `${folder}/${fileNameOf(object)}`, object, because }))
  return [namespaceFor(checked), ...manifests, kustomizationFor(checked.tenant, manifests)]
}

/** `kafkatopic-orders.yaml`. */
function fileNameOf({ kind, metadata }: Manifest['object']): string {
  return `${kind.toLowerCase()}-${metadata?.name ?? ''}.yaml`
}

/** By code unit and not by locale, which differs between machines. */
function byName<T extends { readonly metadata: { readonly name: string } }>(documents: readonly T[]): readonly T[] {
  return documents.toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : a.metadata.name > b.metadata.name ? 1 : 0))
}
