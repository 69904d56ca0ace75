// SPDX-License-Identifier: Apache-2.0
/** What is kept of an object of the API: never `managedFields`, which are often longer than the rest. Pure. */
import type { ObservedCondition, ObservedObject } from '../cluster-watch.ts'

type Fields = Readonly<Record<string, unknown>>

/** Written by `kubectl apply`; a second copy of the whole object. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * The object as it is kept. Items of a list carry neither `apiVersion` nor `kind`, so these come from the watched kind. Undefined for
 * what has no name. What a controller wrote in another shape than expected is left out, never guessed.
 */
export function observedObject(
  kind: { readonly apiVersion: string; readonly kind: string },
  raw: unknown,
): ObservedObject | undefined {
  const metadata = fieldsOf(fieldsOf(raw).metadata)
  const name = metadata.name
  if (typeof name !== 'string' || name === '') return undefined
  const status = fieldsOf(fieldsOf(raw).status)
  const created = textOf(metadata.creationTimestamp) ?? ''
  const { [LAST_APPLIED]: _, ...annotations } = textsOf(metadata.annotations)
  return {
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    ...(typeof metadata.namespace === 'string' ? { namespace: metadata.namespace } : {}),
    name,
    generation: numberOf(metadata.generation) ?? 0,
    resourceVersion: textOf(metadata.resourceVersion) ?? '',
    created,
    labels: textsOf(metadata.labels),
    annotations,
    conditions: conditionsOf(status, created),
    spec: fieldsOf(fieldsOf(raw).spec),
    status,
    ...(typeof metadata.deletionTimestamp === 'string' ? { deletingSince: metadata.deletionTimestamp } : {}),
    finalizers: listOf(metadata.finalizers).filter((finalizer) => typeof finalizer === 'string'),
  }
}

function conditionsOf(status: Fields, created: string): readonly ObservedCondition[] {
  const ofStatus = numberOf(status.observedGeneration)
  return listOf(status.conditions).flatMap((entry): readonly ObservedCondition[] => {
    const condition = fieldsOf(entry)
    const type = textOf(condition.type)
    const value = condition.status
    if (type === undefined || (value !== 'True' && value !== 'False' && value !== 'Unknown')) return []
    const observedGeneration = numberOf(condition.observedGeneration) ?? ofStatus
    return [
      {
        type,
        status: value,
        reason: textOf(condition.reason) ?? '',
        message: textOf(condition.message) ?? '',
        since: textOf(condition.lastTransitionTime) ?? created,
        ...(observedGeneration === undefined ? {} : { observedGeneration }),
      },
    ]
  })
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
