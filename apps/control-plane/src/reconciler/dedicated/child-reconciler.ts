// SPDX-License-Identifier: Apache-2.0
/**
 * Topics and users of tenants with Kafka of their own. Their files are written with the tenant's; here it is only said how their objects
 * stand, and when they are gone.
 */
import { physicalName } from '@kaas/domain'
import type { ObservedObject } from '@kaas/kube'
import type { StoredResource } from '@kaas/store'
import { lossOf, objectsOf, type TenantView, viewOf } from '../../code/cluster-view.ts'
import { type Child, changedAt } from '../../code/tenant-documents.ts'
import { settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, WAIT_MS } from '../intervals.ts'
import type { KindReconciler, Report } from '../run-context.ts'
import { keyOf } from '../save-report.ts'
import { writtenUpTo } from './state-of-dedicated.ts'

/** A topic or user as one run sees it. */
export interface ChildObservation {
  readonly child: Child
  /** Undefined when there is none any more. */
  readonly tenant: StoredResource<'Tenant'> | undefined
  readonly view: TenantView
  readonly object: ObservedObject | undefined
}

/** Where it stands. */
export interface ChildState {
  readonly kind: 'TenantNotReady' | 'NotWritten' | 'Unseen' | 'NotReady' | 'Ready' | 'Leaving' | 'Gone'
  readonly reason: string
  /** The object's own reason, where it gives one. */
  readonly said?: string
}

export const childReconciler: KindReconciler<
  'Topic' | 'User',
  ChildObservation,
  ChildState,
  { readonly kind: 'removeChild' }
> = {
  observe: async (context, child) => {
    const name = child.tenant ?? ''
    const tenant = await context.store.loadResource({ kind: 'Tenant', name })
    const view = await viewOf(context.code?.clusters, name, tenant?.spec.isolation === 'cluster')
    return { child, tenant, view, object: view.kind === 'unwatched' ? undefined : objectOf(child, objectsOf(view.kafka)) }
  },
  stateOf: stateOfChild,
  actionFor: ({ kind }) => (kind === 'Gone' ? { kind: 'removeChild' } : undefined),
  reportOf: reportOfChild,
  act: async ({ store }, child) => {
    // The store wakes a tenant that waits for the last of them.
    await store.removeResource(keyOf(child), child.uid)
  },
}

/** The first of these that is true, in this order. Pure; tested as a table. */
export function stateOfChild(observation: ChildObservation): ChildState {
  const { child, tenant } = observation
  const what = child.kind === 'Topic' ? 'topic' : 'user'
  if (child.deletionRequestedAt !== undefined) return stateOfLeaving(observation, what)
  if (tenant === undefined) return { kind: 'TenantNotReady', reason: `The tenant "${child.tenant}" does not exist.` }
  if (tenant.deletionRequestedAt !== undefined) return { kind: 'TenantNotReady', reason: 'The tenant is being deleted.' }
  if (writtenUpTo(tenant) < changedAt(child).toISOString()) {
    return { kind: 'NotWritten', reason: `The ${what} is written to Git with the next commit of its tenant.` }
  }
  const unseen = unseenReason(observation)
  if (unseen !== undefined) return { kind: 'Unseen', reason: unseen }
  const { object } = observation
  if (object === undefined) return { kind: 'NotReady', reason: `Flux has not applied the ${what} yet.`, said: 'NotApplied' }
  const { done, reason, message } = readiness(object)
  if (!done) return { kind: 'NotReady', reason: message, said: reason }
  return { kind: 'Ready', reason: `Kafka has the ${what} as ordered.` }
}

/** What the condition of an object says; only of its newest generation it counts as true. */
function readiness(object: ObservedObject): { readonly done: boolean; readonly reason: string; readonly message: string } {
  const condition = object.conditions.find(({ type }) => type === 'Ready')
  const named = `${object.kind} ${object.name}`
  if (condition === undefined) return { done: false, reason: 'NoStatus', message: `${named} has no status yet.` }
  const { status, reason, message, observedGeneration } = condition
  if (observedGeneration !== undefined && observedGeneration < object.generation) {
    return { done: false, reason: 'OlderGeneration', message: `The last change of ${named} was not looked at yet.` }
  }
  const said = message === '' ? `${named} is ${status === 'True' ? '' : 'not '}ready.` : `${named}: ${message}`
  return { done: status === 'True', reason: reason === '' ? 'NotReady' : reason, message: said }
}

function stateOfLeaving(observation: ChildObservation, what: string): ChildState {
  const { child, tenant, object } = observation
  if (tenant === undefined) return { kind: 'Gone', reason: 'Its tenant is gone.' }
  if (tenant.deletionRequestedAt !== undefined) {
    return tenant.status?.observed.accessGone === true
      ? { kind: 'Gone', reason: `The ${what} is gone with its tenant.` }
      : { kind: 'Leaving', reason: `The ${what} goes with its tenant.` }
  }
  if (writtenUpTo(tenant) < changedAt(child).toISOString()) {
    return { kind: 'Leaving', reason: `The ${what} is taken out of Git with the next commit of its tenant.` }
  }
  const unseen = unseenReason(observation)
  if (unseen !== undefined) return { kind: 'Leaving', reason: unseen }
  if (object !== undefined) return { kind: 'Leaving', reason: `${object.kind} ${object.name} is going.` }
  return { kind: 'Gone', reason: `The ${what} is gone.` }
}

function unseenReason({ view }: ChildObservation): string | undefined {
  if (view.kind === 'unwatched') return 'What becomes of it in Kubernetes cannot be seen: set KAAS_KUBECONFIG_FILE.'
  const loss = lossOf(view.management, 'management cluster') ?? lossOf(view.kafka, 'cluster of the tenant')
  if (loss !== undefined) return `${loss.message} ${loss.help ?? ''}`.trim()
  return view.kafka.kind === 'absent' ? 'The cluster of the tenant is not there yet.' : undefined
}

function objectOf(child: Child, objects: readonly ObservedObject[]): ObservedObject | undefined {
  if (child.kind === 'User') {
    const name = physicalName(child.tenant ?? '', child.name)
    return objects.find((object) => object.kind === 'KafkaUser' && object.name === name)
  }
  return objects.find(({ kind, name, spec }) => kind === 'KafkaTopic' && (spec.topicName ?? name) === child.name)
}

function reportOfChild({ child, object }: ChildObservation, state: ChildState): Report {
  const waits = state.kind !== 'Ready'
  return { verdict: verdictOf(state), observed: observedOf(child, object), againInMs: waits ? 2 * WAIT_MS : LOOK_AGAIN_MS }
}

function observedOf(child: Child, object: ObservedObject | undefined): Readonly<Record<string, unknown>> {
  if (object === undefined) return {}
  const { kind, namespace, name, status, spec } = object
  const shown = { object: `${kind} ${namespace ?? ''}/${name}` }
  if (child.kind === 'User') return { ...shown, username: status.username ?? name, secret: status.secret ?? name }
  return { ...shown, physicalName: status.topicName ?? child.name, topicId: status.topicId, partitions: spec.partitions }
}

function verdictOf({ kind, reason, said }: ChildState): Verdict {
  switch (kind) {
    case 'Ready':
      return settled(reason)
    case 'TenantNotReady':
      return working(kind, reason, 'wait for the tenant')
    case 'NotWritten':
      return working(kind, reason, 'git')
    case 'NotReady':
      return working(said ?? kind, reason, 'access')
    case 'Unseen': {
      const verdict = working(kind, reason, 'access')
      const unknown = { ...verdict.Ready, status: 'Unknown' } as const
      return { ...verdict, Provisioned: unknown, Ready: unknown }
    }
    case 'Leaving':
    case 'Gone':
      return working('Deleting', reason, reason)
    default:
      return kind satisfies never
  }
}
