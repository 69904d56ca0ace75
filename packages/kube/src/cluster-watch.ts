// SPDX-License-Identifier: Apache-2.0
/** What the rest of the product knows of one Kubernetes cluster: the objects that carry the label of the product, kept in memory. */

/** How to reach the API server. */
export interface KubeOptions {
  /** Content of a kubeconfig; its current context is used. */
  readonly kubeconfig: string
  /** Kinds to watch; one whose definition is not installed is looked for again from time to time. */
  readonly kinds: readonly WatchedKind[]
  /** Only objects with these labels, as `kaas.dev/tenant` or `app.kubernetes.io/managed-by=kaas`. */
  readonly labelSelector: string
  /** Called with the tenant (label `kaas.dev/tenant`) of an object that changed, and with undefined when the connection was lost or came back. */
  readonly changed: (tenant: string | undefined) => void
  readonly now: () => Date
}

/** A kind by group, version and plural, as in the path of the API. */
export interface WatchedKind {
  readonly apiVersion: string
  readonly kind: string
  readonly plural: string
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
  readonly since: string
  readonly observedGeneration?: number | undefined
}

/** What was last seen of an object. An object without conditions is not ready. */
export interface ObservedObject extends ObjectKey {
  readonly apiVersion: string
  readonly generation: number
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly conditions: readonly ObservedCondition[]
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: Readonly<Record<string, unknown>>
  /** When its deletion was asked for; it exists until its finalizers are gone. */
  readonly deletingSince?: string | undefined
}

/** A running watch of one cluster. Reads of Secrets and writes ask the API server; the rest is answered from memory. */
export interface ClusterWatch {
  /** Everything that carries the tenant's label, sorted by kind and name. */
  objectsOf(tenant: string): readonly ObservedObject[]
  /** Resolves when every kind was listed once, or its definition is missing; rejects with `kubernetes-unavailable` after `timeoutMs`. */
  ready(timeoutMs: number): Promise<void>
  /** Since when nothing is heard; undefined while connected. */
  lostSince(): Date | undefined
  /** Decoded entries of a Secret; undefined when there is none. Throws `kubernetes-unavailable`, `kubernetes-refused`. */
  readSecret(namespace: string, name: string): Promise<Readonly<Record<string, string>> | undefined>
  /** Server-side apply with the field manager `kaas`. Throws as readSecret does. */
  apply(object: object): Promise<void>
  /** Server-side apply of the subresource `status`. */
  applyStatus(object: object): Promise<void>
  /** Asks for deletion; nothing happens when it is gone. */
  remove(key: ObjectKey & { readonly apiVersion: string; readonly plural: string }): Promise<void>
  close(): Promise<void>
}
