// SPDX-License-Identifier: Apache-2.0
/** What one run of the reconciler may use, and what a kind of resource must bring to be reconciled. */
import type { ResourceKind, Status } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { Store, StoredResource } from '@kaas/store'
import type { Log } from '@kaas/telemetry'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { type ClusterAccess, ClusterBusy, type KafkaClusters } from '../kafka/kafka-clusters.ts'
import type { Placements } from '../tenants/placements.ts'
import { registeredBrokers } from '../tenants/registered-brokers.ts'
import type { Verdict } from './conditions.ts'

/** What all runs of a process have in common. */
export interface ReconcilerParts {
  readonly store: Store
  readonly clusters: KafkaClusters
  readonly placements: Placements
  /** Undefined without a repository of tenants. */
  readonly code?: TenantsAsCode | undefined
  readonly log: Log
  readonly now: () => Date
  /**
   * Resolves when the gateways that listen to this process were sent the tenant's entry as it is stored now, or after a short
   * while: a tenant is not reported ready before its gateway can know it.
   */
  readonly published: (tenant: string) => Promise<void>
}

/** One run: the parts, and the cluster it entered. Left by `runOnce` at the end. */
export interface RunContext extends ReconcilerParts {
  /** Enters a cluster, once per run. Throws `resource-absent` when it is not known, and what `KafkaClusters.enter` throws. */
  cluster(name: string): Promise<EnteredCluster>
}

/** A cluster with what was last seen of it. */
export interface EnteredCluster extends ClusterAccess {
  readonly name: string
  /** Registered brokers, at least 1. */
  readonly brokers: number
}

/** What comes out of looking at a state: the statements, and what was seen. */
export interface Report {
  readonly verdict: Verdict
  /** Replaces `status.observed`. */
  readonly observed: Readonly<Record<string, unknown>>
  /** When to look again although nothing changed; never when absent. */
  readonly againInMs?: number
}

/**
 * One kind: observe → name the state → choose one action → act once. Only `act` has effects. Everything is observed anew each
 * time, so a run may end anywhere.
 */
export interface KindReconciler<K extends ResourceKind, O, S extends NamedState, A extends NamedAction> {
  observe(context: RunContext, resource: StoredResource<K>): Promise<O>
  stateOf(observation: O): S
  actionFor(state: S): A | undefined
  reportOf(observation: O, state: S): Report
  act(context: RunContext, resource: StoredResource<K>, action: A): Promise<void>
  /** Tells others what was reported; it throws nothing that matters to the run. */
  told?(context: RunContext, resource: StoredResource<K>, status: Status): Promise<void>
}

/** A state has a name and a reason in words. */
export interface NamedState {
  readonly kind: string
  readonly reason: string
}

/** An action has a name; `step` is what it does, for the condition that is shown meanwhile. */
export interface NamedAction {
  readonly kind: string
  /** Tells two actions of one kind apart in a run: doing another one is no repetition. The kind when absent. */
  readonly key?: string
}

/** A context for one run, and how to leave what it entered. */
export function openRunContext(parts: ReconcilerParts): { readonly context: RunContext; leave(error?: unknown): void } {
  const entered = new Map<string, EnteredCluster>()
  const context: RunContext = {
    ...parts,
    cluster: async (name) => {
      const known = entered.get(name)
      if (known !== undefined) return known
      const resource = await parts.store.loadResource({ kind: 'KafkaCluster', name })
      if (resource === undefined) throw unknownCluster(name)
      const access = await parts.clusters.enter(name, resource.spec)
      const cluster = { ...access, name, brokers: registeredBrokers(resource) }
      entered.set(name, cluster)
      return cluster
    },
  }
  const leave = (error?: unknown) => {
    for (const cluster of entered.values()) cluster.leave(error instanceof ClusterBusy ? undefined : error)
  }
  return { context, leave }
}

function unknownCluster(name: string): KaasError {
  return new KaasError('resource-absent', {
    message: `The platform does not know the Kafka cluster "${name}".`,
    help: `Create it: kaas apply -f with kind KafkaCluster and name ${name}.`,
  })
}
