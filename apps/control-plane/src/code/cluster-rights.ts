// SPDX-License-Identifier: Apache-2.0
/**
 * What the control plane may do in the management cluster, as one table. The ClusterRoles of charts/control-plane say the same (a
 * test compares them), and what is not in it is refused here before the API server would: a new write begins with its line.
 */
import type { ClusterWatch } from '@kaas/kube'
import { MANAGEMENT_KINDS, pluralOf } from './watched-kinds.ts'

/** One rule of a ClusterRole. */
export interface ClusterRight {
  readonly apiGroup: string
  readonly resource: string
  readonly verbs: readonly string[]
}

type Change = 'create' | 'patch' | 'delete'

/** Writes by kind; server-side apply is `patch`, and `create` where the object may not be there yet. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  // Asked to look at the repository now.
  GitRepository: ['patch'],
  // Told not to wait for a cluster that is gone.
  Kustomization: ['patch'],
  HelmRelease: ['patch', 'delete'],
  // A tenant that leaves: topics let go of their records, then all of it is removed by name.
  KafkaTopic: ['patch', 'delete'],
  KafkaUser: ['delete'],
  Kafka: ['delete'],
  KafkaNodePool: ['delete'],
  Cluster: ['delete'],
  // A purge: says that data is given up, and removes what holds it.
  Namespace: ['patch', 'delete'],
  // What kubectl shows of a tenant.
  Tenant: ['create', 'patch'],
}

/** Everything, in no order. Objects are listed and watched, Secrets read by their names. */
export const CLUSTER_RIGHTS: readonly ClusterRight[] = [
  ...MANAGEMENT_KINDS.map(({ apiVersion, kind, plural }) => ({
    apiGroup: groupOf(apiVersion),
    resource: plural,
    verbs: ['list', 'watch', ...(CHANGES[kind] ?? [])],
  })),
  { apiGroup: 'kaas.dev', resource: 'tenants/status', verbs: ['patch'] },
  { apiGroup: '', resource: 'secrets', verbs: ['get'] },
]

/** The same watch, which refuses writes beyond the table with a RangeError. */
export function withinRights(watch: ClusterWatch): ClusterWatch {
  return {
    objectsOf: (tenant) => watch.objectsOf(tenant),
    objectsOfPlatform: () => watch.objectsOfPlatform(),
    kinds: () => watch.kinds(),
    ready: (timeoutMs) => watch.ready(timeoutMs),
    lostSince: () => watch.lostSince(),
    problem: () => watch.problem(),
    lookAgain: () => watch.lookAgain(),
    readSecret: (namespace, name) => watch.readSecret(namespace, name),
    apply: async (object) => {
      check(kindOf(object), 'patch')
      await watch.apply(object)
    },
    applyStatus: async (object) => {
      if (kindOf(object) !== 'Tenant')
        throw new RangeError(`Only a Tenant's status is written, not that of ${kindOf(object)}.`)
      await watch.applyStatus(object)
    },
    remove: async (key) => {
      check(key.kind, 'delete')
      await watch.remove({ ...key, plural: pluralOf(key.kind) })
    },
    close: () => watch.close(),
  }
}

function check(kind: string, change: Change): void {
  if (CHANGES[kind]?.includes(change)) return
  throw new RangeError(`The control plane has no right to ${change} ${kind}: see cluster-rights.ts.`)
}

function kindOf(object: object): string {
  return 'kind' in object ? String(object.kind) : 'an object without a kind'
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}
