// SPDX-License-Identifier: Apache-2.0
/** What is left of a tenant with Kafka of its own that is being deleted: files in Git, objects in Kubernetes, topics and users in the store. */
import type { StoredResource } from '@kaas/store'
import { parseAllDocuments } from 'yaml'
import { objectsOf, type TenantView, viewOf } from '../../../code/cluster-view.ts'
import type { RunContext } from '../../run-context.ts'

/** Such a tenant as one run sees it. */
export type RemovalObservation = { readonly tenant: StoredResource<'Tenant'> } & (
  | { readonly kind: 'unconfigured'; readonly children: number }
  | {
      readonly kind: 'looked'
      /** Topics and users that the store still has. */
      readonly children: number
      /** Paths of the tenant in Git, sorted. */
      readonly paths: readonly string[]
      /** Names of the Kustomizations that its Flux file in Git still has. */
      readonly kustomizations: ReadonlySet<string>
      readonly view: TenantView
      /** How long the tenant's own cluster is not heard; undefined while it is, and for tenants without one. */
      readonly ownLostMs: number | undefined
      /** So long it may be away until it counts as gone. */
      readonly goneAfterMs: number
    }
)

/** Throws what Git throws. */
export async function observeRemoval(context: RunContext, tenant: StoredResource<'Tenant'>): Promise<RemovalObservation> {
  const { code, store } = context
  const topics = await store.countOfTenant('Topic', tenant.name)
  const users = await store.countOfTenant('User', tenant.name)
  const children = topics.count + users.count
  if (code === undefined) return { kind: 'unconfigured', tenant, children }
  const paths = await code.files.pathsOf(tenant.name)
  const own = tenant.spec.isolation === 'cluster'
  const view = await viewOf(code.clusters, tenant.name, own)
  const kustomizations = kustomizationsIn(await code.repository.read(`flux/tenants/${tenant.name}.yaml`))
  const ownLostMs = own ? lostMs(view, context.now()) : undefined
  return { kind: 'looked', tenant, children, paths, kustomizations, view, ownLostMs, goneAfterMs: code.goneAfterMs }
}

function kustomizationsIn(text: string | undefined): ReadonlySet<string> {
  const objects = text === undefined ? [] : parseAllDocuments(text)
  const ours = objects.filter((object) => object.getIn(['kind']) === 'Kustomization')
  return new Set(ours.map((object) => String(object.getIn(['metadata', 'name']))))
}

/**
 * How long the tenant's own cluster is not heard: infinite when nothing can be in it any more, undefined while it is heard, and while
 * the management cluster, which would know, is not.
 */
export function lostMs(view: TenantView, now: Date): number | undefined {
  if (view.kind === 'unwatched' || view.management.kind !== 'seen' || view.management.lostSince !== undefined)
    return undefined
  const cluster = objectsOf(view.management).find(({ kind }) => kind === 'Cluster')
  // Whoever ended it: what is inside goes with it.
  if (cluster?.deletingSince !== undefined) return Number.POSITIVE_INFINITY
  const { kafka } = view
  // It never came up, so that there is nothing in it to wait for: a running one without a kubeconfig is unseen.
  if (kafka.kind === 'absent') return Number.POSITIVE_INFINITY
  if (kafka.kind === 'unseen') return 0
  return kafka.lostSince === undefined ? undefined : now.getTime() - kafka.lostSince.getTime()
}
