// SPDX-License-Identifier: Apache-2.0
/** What the rest of the product knows of one Kubernetes cluster: the objects that carry the label of the product, kept in memory. */
import type { KaasError } from '@kaas/errors'

/** How to reach the API server. */
export interface KubeOptions {
  /**
   * Content of a kubeconfig; its current context is used. A function is asked when the first request is made, and again after the
   * API server refused or could not be reached: Cluster API writes the kubeconfig of a managed cluster anew every few minutes.
   */
  readonly kubeconfig: string | (() => Promise<string>)
  /**
   * Whether the kubeconfig may name files and programs of this machine (`tokenFile`, `exec`). True only for the one that the operator
   * gave: what was read from a Secret could otherwise start programs here, or send local files away. False when absent.
   */
  readonly mayUseHost?: boolean | undefined
  /** Kinds to watch; one whose definition is not installed is looked for again from time to time. */
  readonly kinds: readonly WatchedKind[]
  /** Only objects with these labels, as `kaas.dev/tenant` or `app.kubernetes.io/managed-by=kaas`. */
  readonly labelSelector: string
  /**
   * Called with the tenant (label `kaas.dev/tenant`) of an object that changed; with undefined when the connection was lost or came
   * back, and when an object without that label changed, such as the GitRepository that all tenants wait for.
   */
  readonly changed: (tenant: string | undefined) => void
  readonly now: () => Date
  /** Other times than in production, for tests. */
  readonly timing?: Partial<WatchTiming> | undefined
}

/** Times of a watch, in milliseconds. */
export interface WatchTiming {
  /** The first pause after a failure; it doubles, with jitter, to `longestRetryMs`. */
  readonly firstRetryMs: number
  readonly longestRetryMs: number
  /** How often a missing kind is looked for. */
  readonly missingRetryMs: number
  /** How often the API server is asked whether it lives, and how long it may take to say so. */
  readonly heartbeatMs: number
  /** How long a watch is left open before it is opened anew. */
  readonly watchMs: number
}

/** A kind by group, version and plural, as in the path of the API. */
export interface WatchedKind {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
  /** In place of the one of the options, for a kind whose objects are labelled by somebody else: volume claims of Strimzi. */
  readonly labelSelector?: string | undefined
}

/**
 * How it stands with a kind. Only of a `watched` one is it known that what is not in memory does not exist. `missing`: its definition
 * is not installed. `behind`: not listed yet, or the watch broke; `problem` says why.
 */
export interface KindState extends WatchedKind {
  readonly state: 'watched' | 'missing' | 'behind'
  readonly problem?: KaasError | undefined
}

/** One object, by kind, namespace (undefined when it has none) and name. */
export interface ObjectKey {
  readonly kind: string
  readonly namespace?: string | undefined
  readonly name: string
}

/** A condition as the object has it. `observedGeneration` of the condition, or of the status. */
export interface ObservedCondition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason: string
  readonly message: string
  /** Time of the last transition as the controller wrote it; the object's creation when it wrote none. */
  readonly since: string
  readonly observedGeneration?: number | undefined
}

/** What was last seen of an object. An object without conditions is not ready. */
export interface ObservedObject extends ObjectKey {
  readonly apiVersion: string
  readonly generation: number
  /** Differs when anything of the object does; compared for equality only. */
  readonly resourceVersion: string
  readonly created: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly conditions: readonly ObservedCondition[]
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: Readonly<Record<string, unknown>>
  /** When its deletion was asked for; it exists until its finalizers are gone. */
  readonly deletingSince?: string | undefined
  readonly finalizers: readonly string[]
}

/** A running watch of one cluster. Reads of Secrets and writes ask the API server; the rest is answered from memory. */
export interface ClusterWatch {
  /** Everything that carries the tenant's label, sorted by kind and name. */
  objectsOf(tenant: string): readonly ObservedObject[]
  /** Everything selected that belongs to no tenant, such as GitRepositories, sorted alike. */
  objectsOfPlatform(): readonly ObservedObject[]
  /** How it stands with each kind, in the order of the options. */
  kinds(): readonly KindState[]
  /**
   * Resolves when every kind was listed once, or its definition is missing. Rejects after `timeoutMs` with what stands in the way:
   * `kubernetes-unavailable`, `kubernetes-refused`, `config-invalid` for a kubeconfig that cannot be used.
   */
  ready(timeoutMs: number): Promise<void>
  /** Since when the API server is away or lets nobody in; undefined while connected. What is in memory may be as old as that. */
  lostSince(): Date | undefined
  /** What stands in the way now, the worst first: of the connection, or of the first kind that has one. Its words fit a condition. */
  problem(): KaasError | undefined
  /** Tries at once what waits for its next attempt: a missing kind, a lost connection. */
  lookAgain(): void
  /** Decoded entries of a Secret; undefined when there is none. Throws `kubernetes-unavailable`, `kubernetes-refused`. */
  readSecret(namespace: string, name: string): Promise<Readonly<Record<string, string>> | undefined>
  /** Server-side apply with the field manager `kaas`; unknown fields are refused. Throws as readSecret does. */
  apply(object: object): Promise<void>
  /** Server-side apply of the subresource `status`. */
  applyStatus(object: object): Promise<void>
  /** Asks for deletion; nothing happens when it is gone. */
  remove(key: ObjectKey & { readonly apiVersion: string; readonly plural: string }): Promise<void>
  close(): Promise<void>
}
