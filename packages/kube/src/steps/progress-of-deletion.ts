// SPDX-License-Identifier: Apache-2.0
/**
 * How far the deletion of a tenant is, in the order that leaves nothing behind: topics and users while their operator still runs, Kafka,
 * with isolation `cluster` the release and the cluster, the Namespace. What cannot be seen is never taken for gone. Pure.
 */
import type { ObservedObject } from '../cluster-watch.ts'
import { type ClusterView, deleting, type Judgement, nameOf, type Step } from './step.ts'

/** What the progress is read from. */
export interface DeletionView {
  readonly tenant: string
  readonly isolation: 'namespace' | 'cluster'
  readonly management: ClusterView
  /** The tenant's own cluster; undefined when it cannot be reached any more. Its objects are gone when its Cluster is. */
  readonly own?: ClusterView | undefined
}

const TOPIC_OPERATOR = 'strimzi.io/topic-operator'

/** `topics-and-users-gone`, `kafka-gone`, with isolation `cluster` also `platform-gone` and `cluster-gone`, then `namespace-gone`. */
export function progressOfDeletion(view: DeletionView): readonly Step[] {
  const { tenant, isolation, management } = view
  const hard: Readonly<Record<string, Judgement>> =
    isolation === 'namespace'
      ? {}
      : {
          'platform-gone': goneFrom(management, ['HelmRelease'], (object) => object.name === `${tenant}-platform`),
          'cluster-gone': goneFrom(management, ['Cluster'], (object) => object.name === tenant),
        }
  const judgements: Readonly<Record<string, Judgement>> = {
    'topics-and-users-gone': stuckWithoutOperator(view) ?? goneFromPlace(view, ['KafkaTopic', 'KafkaUser']),
    'kafka-gone': goneFromPlace(view, ['Kafka', 'KafkaNodePool']),
    ...hard,
    'namespace-gone': goneFrom(management, ['Namespace'], (object) => object.name === `kaas-${tenant}`),
  }
  return Object.entries(judgements).map(([step, judgement]) => ({ step, ...judgement }))
}

function goneFromPlace({ tenant, isolation, management, own }: DeletionView, kinds: readonly string[]): Judgement {
  const place = isolation === 'namespace' ? management : own
  if (place !== undefined) return goneFrom(place, kinds, () => true)
  const cluster = goneFrom(management, ['Cluster'], (object) => object.name === tenant)
  if (cluster.state === 'done') return { ...cluster, message: `The cluster of tenant ${tenant} is gone, and all in it.` }
  const message = `The cluster of tenant ${tenant} cannot be watched, so nobody knows whether ${kinds.join(' and ')} are gone.`
  return { state: 'waiting', reason: 'ClusterNotReachable', message, since: undefined }
}

function goneFrom(
  { objects, kinds }: ClusterView,
  wanted: readonly string[],
  isMeant: (object: ObservedObject) => boolean,
): Judgement {
  const left = objects.filter((object) => wanted.includes(object.kind) && isMeant(object))
  const first = left[0]
  const what = wanted.join(' and ')
  if (first !== undefined) {
    const going = left.find(({ deletingSince }) => deletingSince !== undefined)
    if (going !== undefined)
      return left.length === 1
        ? deleting(going)
        : { ...deleting(going), message: `${left.length} are left. ${deleting(going).message}` }
    return {
      state: 'waiting',
      reason: 'NotAsked',
      message: `${left.length} are left, the first is ${nameOf(first)}.`,
      since: undefined,
    }
  }
  const unseen = wanted.find((kind) => !kinds.some((state) => state.kind === kind && state.state !== 'behind'))
  if (unseen === undefined)
    return { state: 'done', reason: 'Gone', message: `Nothing is left of ${what}.`, since: undefined }
  return { state: 'waiting', reason: 'NotSeen', message: `${unseen} cannot be watched now.`, since: undefined }
}

/** The operator went first and its finalizer holds the topics, and with them the Namespace, for ever. */
function stuckWithoutOperator({ isolation, management, own }: DeletionView): Judgement | undefined {
  const place = isolation === 'namespace' ? management : own
  if (place === undefined || goneFrom(place, ['Kafka'], () => true).state !== 'done') return undefined
  const stuck = place.objects.find(
    ({ kind, finalizers, deletingSince }) =>
      kind === 'KafkaTopic' && deletingSince !== undefined && finalizers.includes(TOPIC_OPERATOR),
  )
  if (stuck === undefined) return undefined
  const message = `${nameOf(stuck)} waits for the topic operator, which is gone with Kafka. Remove the finalizer ${TOPIC_OPERATOR} from the topics.`
  return { state: 'failed', reason: 'OperatorGone', message, since: stuck.deletingSince }
}
