// SPDX-License-Identifier: Apache-2.0
/**
 * Reads Kafka, KafkaTopic and KafkaUser as Strimzi 1.x writes them. Its operators do not agree: the cluster and user operators write
 * `NotReady: True` for a failure and drop `Ready`, the topic operator writes `Ready: False`; the first status of a Kafka has no observed generation.
 */
import type { ObservedObject } from '../cluster-watch.ts'
import { conditionOf, deleting, isCurrent, type Judgement, judged, nameOf, notCreated, notObserved } from './step.ts'

/** Ready for its present generation, or why not; warnings stand in the message. `what` names an object that is not there. */
export function kafkaJudgement(object: ObservedObject | undefined, what: string): Judgement {
  if (object === undefined) return notCreated(what)
  if (object.deletingSince !== undefined) return deleting(object)
  const stopped = stoppedOf(object)
  if (stopped !== undefined) return stopped
  const ready = conditionOf(object, 'Ready')
  const failure = conditionOf(object, 'NotReady') ?? (ready?.status === 'True' ? undefined : ready)
  const otherwise = { reason: 'NotReady', message: `${nameOf(object)} is not ready.` }
  if (failure !== undefined && failure.reason === 'Creating') return judged('running', failure, otherwise)
  if (failure !== undefined) return isCurrent(object, failure) ? judged('failed', failure, otherwise) : notObserved(object)
  if (ready === undefined || object.status.observedGeneration !== object.generation) return notObserved(object)
  return { state: 'done', reason: 'Ready', message: `${nameOf(object)} is ready.${warningsOf(object)}`, since: ready.since }
}

/** All of them ready, or how many are not and why the first is not. */
export function kafkaObjectsJudgement(objects: readonly ObservedObject[]): Judgement {
  const judged = objects.map((object) => ({ object, judgement: kafkaJudgement(object, nameOf(object)) }))
  const open = judged.filter(({ judgement }) => judgement.state !== 'done')
  const worst = open.find(({ judgement }) => judgement.state === 'failed') ?? open[0]
  if (worst === undefined) {
    const message =
      objects.length === 0 ? 'No topic and no user was ordered.' : `${objects.length} topics and users are ready.`
    const since = judged
      .map(({ judgement }) => judgement.since ?? '')
      .toSorted()
      .at(-1)
    return { state: 'done', reason: 'Ready', message, since }
  }
  const { state, reason, message, since } = worst.judgement
  return {
    state,
    reason,
    message: `${open.length} of ${objects.length} are not ready. ${nameOf(worst.object)}: ${message}`,
    since,
  }
}

/** Annotations by which a person takes an object away from the operator. */
function stoppedOf(object: ObservedObject): Judgement | undefined {
  const paused = conditionOf(object, 'ReconciliationPaused')
  const unmanaged = conditionOf(object, 'Unmanaged')
  const stopped = paused ?? unmanaged
  if (stopped?.status !== 'True') return undefined
  const annotation = paused === undefined ? 'strimzi.io/managed' : 'strimzi.io/pause-reconciliation'
  const message = `Somebody stopped the operator for ${nameOf(object)}. It goes on without the annotation ${annotation}.`
  return judged('failed', stopped, { reason: stopped.type, message })
}

function warningsOf({ conditions }: ObservedObject): string {
  const warnings = conditions.filter(({ type, status }) => type === 'Warning' && status === 'True')
  return warnings.map(({ reason, message }) => ` Warning ${reason}: ${message}`).join('')
}
