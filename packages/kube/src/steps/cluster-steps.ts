// SPDX-License-Identifier: Apache-2.0
/** Reads a Cluster of Cluster API (contract v1beta2): infrastructure, control plane, workers, the way into it. */
import type { ObservedObject } from '../cluster-watch.ts'
import { conditionOf, deleting, isCurrent, type Judgement, judged, nameOf, notCreated, notObserved } from './step.ts'

/** A part of a Cluster, and the conditions that must be true for it, in the order in which they become so. */
const PARTS = {
  infrastructure: ['InfrastructureReady'],
  'control-plane': ['ControlPlaneInitialized', 'ControlPlaneAvailable'],
  workers: ['WorkersAvailable'],
  kubeconfig: ['RemoteConnectionProbe'],
} as const

/** The parts in their order. */
export const CLUSTER_PARTS = Object.keys(PARTS) as readonly ClusterPart[]

/** A part that has a step of its own. */
export type ClusterPart = keyof typeof PARTS

/** Written when the connection comes or goes and not for each generation, so that it speaks of the Cluster whatever became of its spec. */
const OF_ANY_GENERATION = new Set(['RemoteConnectionProbe'])

/** False with one of these does not become true by waiting. */
const FAILURES = new Set(['InternalError', 'InvalidConditionReported', 'Deleted', 'ObjectDeleted', 'ReconcileFailed'])

/** How it stands with one part. `what` names a Cluster that is not there. */
export function clusterJudgement(cluster: ObservedObject | undefined, part: ClusterPart, what: string): Judgement {
  if (cluster === undefined) return notCreated(what)
  if (cluster.deletingSince !== undefined) return deleting(cluster)
  const hindrance = hindranceOf(cluster)
  if (hindrance !== undefined) return hindrance
  const judgements = PARTS[part].map((type) => judgementOf(cluster, type))
  return judgements.find(({ state }) => state !== 'done') ?? (judgements.at(-1) as Judgement)
}

/** What stops all parts: it is paused, or the topology cannot be made. */
function hindranceOf(cluster: ObservedObject): Judgement | undefined {
  const paused = conditionOf(cluster, 'Paused')
  const otherwise = { reason: 'Paused', message: `${nameOf(cluster)} is paused: somebody stopped it.` }
  if (paused?.status === 'True') return judged('failed', paused, otherwise)
  const topology = conditionOf(cluster, 'TopologyReconciled')
  if (topology?.status !== 'False' || topology.reason !== 'ReconcileFailed' || !isCurrent(cluster, topology))
    return undefined
  return judged('failed', topology, { reason: 'ReconcileFailed', message: `${nameOf(cluster)} cannot be made.` })
}

function judgementOf(cluster: ObservedObject, type: string): Judgement {
  const condition = conditionOf(cluster, type)
  if (condition === undefined) return notObserved(cluster)
  if (!isCurrent(cluster, condition) && !OF_ANY_GENERATION.has(type)) return notObserved(cluster)
  const otherwise = { reason: type, message: `${type} of ${nameOf(cluster)} is ${condition.status}.` }
  // Before the first worker is made, that there are none is no reason for Cluster API to complain.
  if (condition.status === 'True' && condition.reason !== 'NoWorkers') return judged('done', condition, otherwise)
  if (condition.status === 'False' && FAILURES.has(condition.reason)) return judged('failed', condition, otherwise)
  return judged('running', condition, otherwise)
}
