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
  if (management.kind !== 'seen') return { kind: 'watched', management, kafka: management, platform }
  const kafka = await sightOf(tenant, () => clusters.ofTenant(tenant))
  return { kind: 'watched', management, kafka: withKnownLoss(tenant, management, kafka), platform }
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

/**
 * The sight of a tenant's own cluster, with what the management cluster knows of it: one that runs and has no kubeconfig is not absent.
 * Somebody took the way into it, and what is in it is not known. Pure.
 */
export function withKnownLoss(tenant: string, management: ClusterSight, kafka: ClusterSight): ClusterSight {
  const cluster = objectsOf(management).find(({ kind, name }) => kind === 'Cluster' && name === tenant)
  if (kafka.kind !== 'absent' || cluster === undefined || cluster.deletingSince !== undefined) return kafka
  const isRunning = cluster.conditions.some(({ type, status }) => type === 'ControlPlaneInitialized' && status === 'True')
  if (!isRunning) return kafka
  const namespace = `kaas-${tenant}`
  const error = new KaasError('kubernetes-unavailable', {
    message: `The cluster of the tenant runs, but its kubeconfig is gone: there is no Secret ${tenant}-kubeconfig in namespace ${namespace}.`,
    help: `Wait some minutes: its provider writes it anew. If it does not, "kubectl describe cluster ${tenant} --namespace ${namespace}" tells why. Work goes on by itself when the Secret is back.`,
  })
  return { kind: 'unseen', error }
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
