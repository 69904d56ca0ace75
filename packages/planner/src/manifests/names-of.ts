// SPDX-License-Identifier: Apache-2.0
/** The names that a tenant's objects, hosts and labels have in Kubernetes. Resizing changes none of them. */
import { createHash } from 'node:crypto'
import { physicalName, type Tenant, type User } from '@kaas/domain'
import type { PlatformProfile } from './platform-profile.ts'

/** `kaas-<tenant>`: the prefix keeps a tenant called `default` or `kube-system` out of the way. */
export function namespaceOf(tenant: Tenant): string {
  return `kaas-${tenant.metadata.name}`
}

/** Labels by which operators find everything of a tenant. The user's own labels stay in her document. */
export function labelsOf({ metadata, spec }: Tenant): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'kaas',
    'kaas.dev/environment': spec.environment,
    'kaas.dev/team': spec.team,
    'kaas.dev/tenant': metadata.name,
  }
}

/** As labelsOf, and the label by which Strimzi finds the cluster that a pool, topic or user belongs to. */
export function clusterLabelsOf(tenant: Tenant): Readonly<Record<string, string>> {
  return { ...labelsOf(tenant), 'strimzi.io/cluster': tenant.metadata.name }
}

/** Name, namespace and labels of an object that Strimzi does not need to find. */
export function metadataOf(tenant: Tenant, name: string) {
  return { name, namespace: namespaceOf(tenant), labels: labelsOf(tenant) }
}

/** Keeps Flux from deleting an object with data when its file goes; giving up data is a step of its own. */
export const KEPT = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } as const

/** `<tenant>.<name>`, as everywhere: a user who moves here from a shared cluster keeps her name. */
export function userNameOf(tenant: Tenant, user: User): string {
  return physicalName(tenant.metadata.name, user.metadata.name)
}

/** The name of a topic when Kubernetes takes it, else what is like it with the beginning of a hash that keeps it apart. */
export function kubernetesNameOf(topicName: string): string {
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(topicName)) return topicName
  const similar = topicName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200)
  const hash = createHash('sha256').update(topicName).digest('hex').slice(0, 12)
  return [similar, hash].filter((part) => part !== '').join('-')
}

/** How a client logs in at an external listener. Each has names of its own, so that no name moves when the other comes or goes. */
export type ExternalLogin = 'scram-sha-512' | 'tls'

/** The host that clients know: the one that the gateway has for the tenant by SNI, or its like for certificates. */
export function bootstrapHostOf(tenant: Tenant, { domain }: PlatformProfile, login: ExternalLogin): string {
  return `bootstrap${login === 'tls' ? '-tls' : ''}.${tenant.metadata.name}.${domain}`
}

/** The host of each broker; Strimzi puts the node's number in. */
export function brokerHostOf(tenant: Tenant, { domain }: PlatformProfile, login: ExternalLogin): string {
  return `b{nodeId}${login === 'tls' ? '-tls' : ''}.${tenant.metadata.name}.${domain}`
}

/** A group of the identity provider as Kubernetes calls it. */
export function groupOf({ people }: Pick<PlatformProfile, 'people'>, group: string): string {
  return `${people?.prefix ?? ''}${group}`
}

/** The Secret that Cluster API writes beside the Cluster of a hard tenant, key `value`. */
export function kubeconfigSecretOf(tenant: Tenant): string {
  return `${tenant.metadata.name}-kubeconfig`
}

/** The Secret with the certificate of the external listeners. */
export function listenerSecretOf(tenant: Tenant): string {
  return `${tenant.metadata.name}-listeners`
}
