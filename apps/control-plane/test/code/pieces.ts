// SPDX-License-Identifier: Apache-2.0
/** Pieces of observations for tables: stored tenants, and objects as a cluster shows them. */
import { type TenantSpec, tenantSchema } from '@kaas/domain'
import type { ClusterWatch, ObservedObject } from '@kaas/kube'
import type { StoredResource } from '@kaas/store'
import type { ClusterSight, SeenCluster, TenantView } from '../../src/code/cluster-view.ts'

type Tenant = StoredResource<'Tenant'>

/** Tenant `shop`, changed at the epoch. */
export function storedTenant(spec: Partial<TenantSpec> = {}, parts: Partial<Tenant> = {}): Tenant {
  return {
    kind: 'Tenant',
    name: 'shop',
    uid: 'u',
    generation: 1,
    spec: tenantSchema.shape.spec.parse({
      isolation: 'namespace',
      workload: { produce: '5MB/s', retention: '7d' },
      ...spec,
    }),
    labels: {},
    annotations: {},
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...parts,
  }
}

/** A status with these observations and no condition. */
export function observing(observed: Readonly<Record<string, unknown>>): { readonly status: NonNullable<Tenant['status']> } {
  return { status: { conditions: [], observedGeneration: 1, observed } }
}

/** An object of generation 1 that belongs to shop. */
export function object(kind: string, name: string, parts: Partial<ObservedObject> = {}): ObservedObject {
  return {
    apiVersion: 'v1',
    kind,
    name,
    namespace: 'kaas-shop',
    generation: 1,
    created: '2026-01-01T00:00:00Z',
    resourceVersion: '1',
    labels: { 'kaas.dev/tenant': 'shop' },
    annotations: {},
    conditions: [],
    spec: {},
    status: {},
    finalizers: [],
    ...parts,
  }
}

/** A condition Ready of an object. */
export function ready(status: 'True' | 'False', message = '', observedGeneration = 1): Pick<ObservedObject, 'conditions'> {
  return {
    conditions: [{ type: 'Ready', status, reason: 'Said', message, since: '2026-01-01T00:00:00Z', observedGeneration }],
  }
}

/** A cluster that shows these objects. What a watch does beside showing is not called by what is pure. */
export function seen(objects: readonly ObservedObject[], parts: Partial<SeenCluster> = {}): ClusterSight {
  const watch: Pick<ClusterWatch, 'objectsOf' | 'objectsOfPlatform' | 'kinds'> = {
    objectsOf: () => objects,
    objectsOfPlatform: () => [],
    kinds: () => [],
  }
  return { kind: 'seen', watch: watch as ClusterWatch, objects, lostSince: undefined, problem: undefined, ...parts }
}

/** Both clusters; the same one when there is only one. */
export function viewOf(management: ClusterSight, kafka: ClusterSight = management): TenantView {
  return { kind: 'watched', management, kafka, platform: [] }
}
