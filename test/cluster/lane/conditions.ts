// SPDX-License-Identifier: Apache-2.0
/** What objects say about themselves, and waiting for it. */
import { waitFor } from '@kaas/testkit'
import type { KindOf, KubeApi, KubeObject } from './kube-api.ts'

export const KUSTOMIZATION: KindOf = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' }
export const GIT_REPOSITORY: KindOf = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'GitRepository' }
export const STRIMZI = 'kafka.strimzi.io/v1'

/** A condition as it stands in a status. */
export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason?: string
  readonly message?: string
  readonly observedGeneration?: number
}

interface Status {
  readonly conditions?: readonly Condition[]
  readonly observedGeneration?: number
  readonly lastAppliedRevision?: string
  readonly lastAttemptedRevision?: string
}

/** The status of an object; empty when it has none. */
export function statusOf(object: KubeObject | undefined): Status & Readonly<Record<string, unknown>> {
  return (object?.status ?? {}) as Status & Readonly<Record<string, unknown>>
}

/** The condition of a type, undefined when it is not there. */
export function conditionOf(object: KubeObject | undefined, type = 'Ready'): Condition | undefined {
  return statusOf(object).conditions?.find((each) => each.type === type)
}

/** Waits until `holds` is true of the object; resolves with it. Says on a timeout how the object looked last. */
export async function untilObject(
  api: KubeApi,
  kind: KindOf,
  { namespace, name }: { readonly namespace?: string; readonly name: string },
  holds: (object: KubeObject) => boolean,
  timeoutMs = 40_000,
): Promise<KubeObject> {
  let last: KubeObject | undefined
  const probe = async () => {
    last = await api.get(kind, name, namespace)
    return last !== undefined && holds(last) ? last : undefined
  }
  try {
    return await waitFor(probe, { what: `${kind.kind} ${name}`, timeoutMs, pollMs: 100 })
  } catch (error) {
    const { conditions } = statusOf(last)
    throw new Error(`${error instanceof Error ? error.message : error} It was last: ${JSON.stringify(conditions ?? last)}`)
  }
}

/** Waits until Flux has applied the commit and everything in it is healthy. */
export function untilApplied(
  api: KubeApi,
  namespace: string,
  name: string,
  commit: string,
  timeoutMs?: number,
): Promise<KubeObject> {
  const holds = (object: KubeObject) => {
    const { lastAppliedRevision, observedGeneration } = statusOf(object)
    const isCurrent = observedGeneration === object.metadata.generation
    return isCurrent && lastAppliedRevision?.endsWith(commit) === true && conditionOf(object)?.status === 'True'
  }
  return untilObject(api, KUSTOMIZATION, { namespace, name }, holds, timeoutMs)
}

/** Waits until an object is gone. */
export async function untilGone(api: KubeApi, kind: KindOf, name: string, namespace?: string): Promise<void> {
  const what = `${kind.kind} ${name} to be gone`
  await waitFor(async () => (await api.get(kind, name, namespace)) === undefined, { what, pollMs: 100 })
}

/** Asks a controller of Flux to reconcile an object now. */
export async function askAgain(api: KubeApi, kind: KindOf, namespace: string, name: string): Promise<void> {
  const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() }
  await api.patch({ ...kind, metadata: { namespace, name } }, { metadata: { annotations } })
}
