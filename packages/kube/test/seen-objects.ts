// SPDX-License-Identifier: Apache-2.0
/** Objects as the API server shows them, for tables of statuses. Conditions are written as the controllers write them. */
import type { ObservedObject } from '../src/cluster-watch.ts'
import type { ClusterView } from '../src/steps/step.ts'
import { observedObject } from '../src/watching/observed-object.ts'

const API_VERSIONS: Readonly<Record<string, string>> = {
  Namespace: 'v1',
  GitRepository: 'source.toolkit.fluxcd.io/v1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  Cluster: 'cluster.x-k8s.io/v1beta2',
  Kafka: 'kafka.strimzi.io/v1',
  KafkaNodePool: 'kafka.strimzi.io/v1',
  KafkaTopic: 'kafka.strimzi.io/v1',
  KafkaUser: 'kafka.strimzi.io/v1',
}

/** When everything in these tables happened. */
export const SINCE = '2026-11-21T07:00:00Z'

/** What of an object differs; `generation` is 1 when absent. */
export interface SeenFields {
  readonly generation?: number
  readonly metadata?: object
  readonly spec?: object
  readonly status?: object
}

/** An object of `kind`. */
export function seen(
  kind: string,
  name: string,
  { generation = 1, metadata, spec, status }: SeenFields = {},
): ObservedObject {
  const apiVersion = API_VERSIONS[kind] ?? 'v1'
  const raw = { metadata: { name, generation, creationTimestamp: '2026-11-21T06:59:00Z', ...metadata }, spec, status }
  const object = observedObject({ apiVersion, kind }, raw)
  if (object === undefined) throw new Error(`${kind} has no name`)
  return object
}

/** A condition that holds since `SINCE`. */
export function condition(
  type: string,
  status: string,
  reason?: string,
  message?: string,
  observedGeneration?: number,
): object {
  return { type, status, reason, message, observedGeneration, lastTransitionTime: SINCE }
}

/** A cluster in which every kind of these tables is watched. */
export function viewWith(...objects: readonly ObservedObject[]): ClusterView {
  const kinds = Object.entries(API_VERSIONS).map(([kind, apiVersion]) => ({
    kind,
    apiVersion,
    plural: `${kind.toLowerCase()}s`,
  }))
  return { objects, kinds: kinds.map((kind) => ({ ...kind, state: 'watched' })) }
}
