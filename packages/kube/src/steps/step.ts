// SPDX-License-Identifier: Apache-2.0
/** A step on the way of a tenant, and what is asked to name it. The files beside judge one controller each; all are pure. */
import type { ClusterWatch, KindState, ObservedCondition, ObservedObject } from '../cluster-watch.ts'

/**
 * `waiting`: for a step before it. `failed`: the controller says that it cannot, or it does not go on without a person; controllers
 * try again, so a failed step may still become `done`.
 */
export type StepState = 'done' | 'running' | 'waiting' | 'failed'

/** How it stands with one thing. `reason` is one word in CamelCase, `message` a sentence with the controller's own words. */
export interface Judgement {
  readonly state: StepState
  readonly reason: string
  readonly message: string
  /** Since when, as the controller wrote it; undefined when there is nothing yet. */
  readonly since: string | undefined
}

/** One step by its name. */
export interface Step extends Judgement {
  readonly step: string
}

/** What is seen of one cluster for one tenant: its own objects and those of the platform. */
export interface ClusterView {
  readonly objects: readonly ObservedObject[]
  readonly kinds: readonly KindState[]
}

/** What a watch sees now for a tenant. */
export function viewOf(watch: ClusterWatch, tenant: string): ClusterView {
  return { objects: [...watch.objectsOf(tenant), ...watch.objectsOfPlatform()], kinds: watch.kinds() }
}

/** The step to show where there is room for one: the first that failed, else the first that is not done. Undefined when all are. */
export function currentStep(steps: readonly Step[]): Step | undefined {
  return steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state !== 'done')
}

/** An object by kind and name, in any group whose name begins with `group`. */
export function findObject(
  { objects }: ClusterView,
  { group, kind, name }: { readonly group: string; readonly kind: string; readonly name: string },
): ObservedObject | undefined {
  return objects.find((object) => object.kind === kind && object.name === name && object.apiVersion.startsWith(group))
}

/** A condition by its type. */
export function conditionOf(object: ObservedObject, type: string): ObservedCondition | undefined {
  return object.conditions.find((condition) => condition.type === type)
}

/** Whether a condition speaks of the object as it is now. One that does not say of which generation is believed. */
export function isCurrent(object: ObservedObject, { observedGeneration }: ObservedCondition): boolean {
  return observedGeneration === undefined || observedGeneration >= object.generation
}

/** The words of a condition, or the given ones where the controller wrote none. */
export function judged(
  state: StepState,
  condition: ObservedCondition,
  otherwise: { reason: string; message: string },
): Judgement {
  const { reason, message, since } = condition
  return { state, reason: reason || otherwise.reason, message: message || otherwise.message, since }
}

/** `Kafka shop`, as people name an object. */
export function nameOf({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`
}

/** There is no such object yet. */
export function notCreated(what: string): Judgement {
  return { state: 'waiting', reason: 'NotCreated', message: `${what} does not exist yet.`, since: undefined }
}

/** Its controller has not said anything about it as it is now. */
export function notObserved(object: ObservedObject): Judgement {
  const message = `The controller of ${nameOf(object)} has not looked at its present form yet.`
  return { state: 'running', reason: 'NotObserved', message, since: object.created || undefined }
}

/** It is being deleted, and by what it is held. */
export function deleting(object: ObservedObject): Judgement {
  const held = object.finalizers.length === 0 ? '' : ` It waits for ${object.finalizers.join(', ')}.`
  return {
    state: 'running',
    reason: 'Deleting',
    message: `${nameOf(object)} is being deleted.${held}`,
    since: object.deletingSince,
  }
}
