// SPDX-License-Identifier: Apache-2.0
/** What Kubernetes shows of one tenant, in the management cluster and in the tenant's own. */
import { asKaasError, KaasError } from '@kaas/errors'
import type { ClusterWatch, ObservedObject } from '@kaas/kube'
import type { KubernetesClusters } from './kubernetes-clusters.ts'

/** Objects in memory, and since when nothing is heard of the cluster that they are in. */
export interface SeenCluster {
  readonly kind: 'seen'
  readonly watch: ClusterWatch
  readonly objects: readonly ObservedObject[]
  readonly lostSince: Date | undefined
  /** What stands in the way of seeing everything. */
  readonly problem: KaasError | undefined
}

/** A cluster as far as it can be seen. */
export type ClusterSight =
  | SeenCluster
  /** No way into it is known: it was never made, or its kubeconfig is gone. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unseen'; readonly error: KaasError }

/** Both clusters; `kafka` is where Kafka runs, and the management cluster itself for isolation `namespace`. */
export type TenantView =
  | { readonly kind: 'unwatched' }
  | {
      readonly kind: 'watched'
      readonly management: ClusterSight
      readonly kafka: ClusterSight
      readonly platform: readonly ObservedObject[]
    }

/** Looks from memory; throws nothing. `own` for a tenant with isolation `cluster`. */
export async function viewOf(clusters: KubernetesClusters | undefined, tenant: string, own: boolean): Promise<TenantView> {
  if (clusters === undefined) return { kind: 'unwatched' }
  const management = await sightOf(tenant, () => clusters.management(tenant))
  const platform = management.kind === 'seen' ? management.watch.objectsOfPlatform() : []
  if (!own) return { kind: 'watched', management, kafka: management, platform }
  const kafka = management.kind === 'seen' ? await sightOf(tenant, () => clusters.ofTenant(tenant)) : management
  return { kind: 'watched', management, kafka, platform }
}

/** The objects of a sight; none while it is not seen. */
export function objectsOf(sight: ClusterSight): readonly ObservedObject[] {
  return sight.kind === 'seen' ? sight.objects : []
}

async function sightOf(tenant: string, open: () => Promise<ClusterWatch | undefined>): Promise<ClusterSight> {
  try {
    const watch = await open()
    if (watch === undefined) return { kind: 'absent' }
    const lostSince = watch.lostSince()
    return { kind: 'seen', watch, objects: watch.objectsOf(tenant), lostSince, problem: watch.problem() }
  } catch (error) {
    return { kind: 'unseen', error: asKaasError(error) }
  }
}

/** Why a cluster cannot be believed now; undefined when it can. A lost one says since when. */
export function lossOf(sight: ClusterSight, which: string): KaasError | undefined {
  if (sight.kind === 'unseen') return sight.error
  if (sight.kind === 'absent' || sight.lostSince === undefined) return undefined
  const { lostSince, problem } = sight
  return new KaasError(problem?.code ?? 'kubernetes-unavailable', {
    message: `The ${which} is not heard since ${lostSince.toISOString()}. ${problem?.message ?? ''}`.trim(),
    help: problem?.help ?? 'Check that its API server runs and that the kubeconfig is valid. Work goes on by itself.',
    ...(problem === undefined ? {} : { cause: problem }),
  })
}
