// SPDX-License-Identifier: Apache-2.0
/**
 * Names where the removal of a tenant with Kafka of its own stands. The order keeps data and leaves no orphan: topics are let go before
 * their objects go, access before Kafka, Kafka before its cluster, the namespace's file last. Pure; tested as a table.
 */
import { renderDuration } from '@kaas/domain'
import type { ObservedObject } from '@kaas/kube'
import { lossOf, objectsOf } from '../../../code/cluster-view.ts'
import type { RemovalObservation } from './observe-removal.ts'

/** Where the removal stands. `reason` is a sentence for the conditions; `paths` are those to remove. */
export type RemovalState = { readonly reason: string } & (
  | { readonly kind: 'Unwatched' | 'Unreachable' | 'Waiting' | 'ChildrenLeft' }
  /** The tenant's own cluster is gone: Flux must not wait for it. */
  | { readonly kind: 'FluxWaitsInVain'; readonly objects: readonly ObservedObject[] }
  | { readonly kind: 'TopicsHeld'; readonly objects: readonly ObservedObject[] }
  | { readonly kind: 'AccessInGit' | 'KafkaInGit'; readonly folder: 'access' | 'kafka'; readonly paths: readonly string[] }
  | { readonly kind: 'AccessGone' }
  | { readonly kind: 'Gone' }
  | { readonly kind: 'ObjectsKept'; readonly where: 'kafka' | 'management'; readonly objects: readonly ObservedObject[] }
  | { readonly kind: 'ClusterInGit' | 'RestInGit'; readonly paths: readonly string[] }
)

/** The annotation with which Strimzi keeps a topic when its object goes. */
export const KEPT_TOPIC = 'strimzi.io/managed'

/** The first of these that is true, in this order. */
export function stateOfRemoval(observation: RemovalObservation): RemovalState {
  if (observation.kind === 'unconfigured')
    return withoutGit(observation.tenant.status?.observed.commit, observation.children)
  const { tenant, paths, view } = observation
  if (paths.length === 0 && tenant.status?.observed.commit === undefined) {
    return observation.children > 0
      ? accessGone(observation)
      : { kind: 'Gone', reason: 'Nothing of the tenant was ever written.' }
  }
  if (view.kind === 'unwatched') {
    const reason = 'What is left of it in Kubernetes cannot be seen: set KAAS_KUBECONFIG_FILE. Nothing is removed blindly.'
    return { kind: 'Unwatched', reason }
  }
  const loss = lossOf(view.management, 'management cluster')
  if (loss !== undefined) return { kind: 'Unreachable', reason: `${loss.message} ${loss.help ?? ''}`.trim() }
  const gone = observation.ownLostMs !== undefined && observation.ownLostMs >= observation.goneAfterMs
  const management = objectsOf(view.management)
  return gone ? stateOfLost(observation, management) : stateOfOrder(observation, management, objectsOf(view.kafka))
}

type Looked = Extract<RemovalObservation, { kind: 'looked' }>

function withoutGit(commit: unknown, children: number): RemovalState {
  if (commit !== undefined) {
    return {
      kind: 'Unwatched',
      reason: 'Its files are in a repository that this control plane does not know: set KAAS_GIT_URL.',
    }
  }
  return children > 0
    ? { kind: 'AccessGone', reason: 'Nothing of the tenant was ever written.' }
    : { kind: 'Gone', reason: 'Nothing of the tenant was ever written.' }
}

/** What is inside of a cluster that is gone needs no order. */
function stateOfLost(observation: Looked, management: readonly ObservedObject[]): RemovalState {
  const waiting = management.filter(({ kind, spec }) => isFlux(kind) && spec.suspend !== true)
  if (waiting.length > 0) {
    const reason = 'The cluster of the tenant is gone; Flux is told not to wait for what was in it.'
    return { kind: 'FluxWaitsInVain', objects: waiting, reason }
  }
  return accessAnnounced(observation) ?? stateOfEnd(observation, management)
}

function stateOfOrder(
  observation: Looked,
  management: readonly ObservedObject[],
  kafka: readonly ObservedObject[],
): RemovalState {
  const { tenant } = observation
  if (observation.ownLostMs !== undefined) return { kind: 'Unreachable', reason: reasonWithoutCluster(observation) }
  const held = kafka.filter(({ kind, annotations }) => kind === 'KafkaTopic' && annotations[KEPT_TOPIC] !== 'false')
  if (held.length > 0) {
    return { kind: 'TopicsHeld', objects: held, reason: `${counted(held.length, 'topic')} let go, so that records stay.` }
  }
  return (
    folderState(observation, 'access', management, kafka) ??
    accessAnnounced(observation) ??
    folderState(observation, 'kafka', management, kafka) ??
    keptState('kafka', kafka, tenant.name, ['Kafka', 'KafkaNodePool']) ??
    stateOfEnd(observation, management)
  )
}

/** One that was heard counts as gone some time after; of one into which there is no way a person must say so. */
function reasonWithoutCluster({ tenant: { name }, view, goneAfterMs }: Looked): string {
  const sight = view.kind === 'watched' ? view.kafka : undefined
  if (sight?.kind !== 'unseen') {
    return `The cluster of the tenant cannot be reached. After ${renderDuration(goneAfterMs)} it counts as gone, and the removal goes on without it.`
  }
  const { message, help } = sight.error
  const giveUp = `To give up the cluster with all that is in it: kubectl delete cluster ${name} --namespace kaas-${name}.`
  return `${message} ${help ?? ''} ${giveUp}`
}

/** A folder goes from Git together with its Kustomization, which takes nothing along; then topics and users go by name. */
function folderState(
  { tenant, paths, kustomizations }: Looked,
  folder: 'access' | 'kafka',
  management: readonly ObservedObject[],
  kafka: readonly ObservedObject[],
): RemovalState | undefined {
  const own = paths.filter((path) => path.startsWith(`tenants/${tenant.name}/${folder}/`))
  const name = `${tenant.name}-${folder}`
  if (own.length > 0 || kustomizations.has(name)) {
    const what = folder === 'access' ? 'topics and users' : 'Kafka'
    const kind = folder === 'access' ? 'AccessInGit' : 'KafkaInGit'
    return { kind, folder, paths: own, reason: `The files of its ${what} are removed from Git.` }
  }
  if (management.some((object) => object.kind === 'Kustomization' && object.name === name)) {
    return waiting(`Flux ends the Kustomization ${name}; what it applied stays until it is removed by name.`)
  }
  return folder === 'kafka' ? undefined : keptState('kafka', kafka, tenant.name, ['KafkaTopic', 'KafkaUser'])
}

/** What Flux leaves behind is removed by name, once its files are gone. */
function keptState(
  where: 'kafka' | 'management',
  objects: readonly ObservedObject[],
  tenant: string,
  kinds: readonly string[],
): RemovalState | undefined {
  const left = objects.filter(({ kind }) => kinds.includes(kind))
  if (left.length === 0) return undefined
  const asked = left.filter(({ deletingSince }) => deletingSince === undefined)
  const [first] = left
  const more = left.length === 1 ? '' : ` and ${left.length - 1} more`
  const names = `${first?.kind} ${first?.name}${more} of ${tenant}`
  if (asked.length === 0) return waiting(`${names} end; volumes and records stay.`)
  return { kind: 'ObjectsKept', where, objects: asked, reason: `${names} are removed by name; volumes and records stay.` }
}

/** Release and cluster, then the rest of the files. */
function stateOfEnd(observation: Looked, management: readonly ObservedObject[]): RemovalState {
  const { tenant, paths, children } = observation
  const cluster = paths.filter((path) => path.startsWith('flux/tenants/') || path.startsWith('infrastructure/clusters/'))
  if (cluster.length > 0)
    return { kind: 'ClusterInGit', paths: cluster, reason: 'Its release and cluster are removed from Git.' }
  const flux = management.filter(({ kind }) => kind === 'Kustomization')
  if (flux.length > 0) return waiting(`Flux removes ${flux.map(({ kind, name }) => `${kind} ${name}`).join(', ')}.`)
  // The release while there is still a cluster to take it out of.
  const kept =
    keptState('management', management, tenant.name, ['HelmRelease']) ??
    keptState('management', management, tenant.name, ['Cluster'])
  if (kept !== undefined) return kept
  if (paths.length > 0) return { kind: 'RestInGit', paths, reason: 'The rest of its files is removed from Git.' }
  if (children > 0)
    return { kind: 'ChildrenLeft', reason: `${counted(children, 'topic or user', 'topics and users')} are being removed.` }
  return { kind: 'Gone', reason: 'Nothing of the tenant is left but its volumes, in its namespace.' }
}

function accessAnnounced(observation: Looked): RemovalState | undefined {
  return observation.children > 0 && observation.tenant.status?.observed.accessGone !== true
    ? accessGone(observation)
    : undefined
}

function accessGone({ children }: Looked): RemovalState {
  return { kind: 'AccessGone', reason: `${counted(children, 'topic or user', 'topics and users')} may go.` }
}

function waiting(reason: string): RemovalState {
  return { kind: 'Waiting', reason }
}

function isFlux(kind: string): boolean {
  return kind === 'Kustomization' || kind === 'HelmRelease'
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
