// SPDX-License-Identifier: Apache-2.0
/**
 * Reads GitRepository, Kustomization and HelmRelease as Flux 2.9 writes them. A failed one keeps the observed generation of its status
 * back, so that the one of the condition is asked.
 */
import type { ObservedObject } from '../cluster-watch.ts'
import { conditionOf, deleting, isCurrent, type Judgement, judged, nameOf, notCreated, notObserved } from './step.ts'

/** Not a failure: something else has to come first. */
const WAITS = new Set(['DependencyNotReady', 'SourceNotReady'])
/** Not a failure of what it does itself: all is applied, or begins anew at once. What is not healthy has a step of its own, with better words. */
const GOES_ON = new Set(['HealthCheckFailed', 'HealthCheckCanceled', 'Progressing'])
/** Reasons of one that has not come to look at its objects: they say nothing of what it had applied. */
const NOT_LOOKED = new Set(['DependencyNotReady', 'HealthCheckCanceled', 'Progressing', 'ArtifactFailed', 'SourceNotReady'])
/** How the history of a Kustomization says that all was applied and healthy; that of a HelmRelease has no such word. */
const SUCCEEDED = 'ReconciliationSucceeded'

/** Ready for its present generation, or why not. `what` names an object that is not there. */
export function fluxJudgement(object: ObservedObject | undefined, what: string): Judgement {
  if (object === undefined) return notCreated(what)
  if (object.deletingSince !== undefined) return deleting(object)
  const ready = conditionOf(object, 'Ready')
  const otherwise = { reason: 'NotReady', message: `${nameOf(object)} is not ready.` }
  if (object.spec.suspend === true) {
    const message = `${nameOf(object)} is suspended: somebody stopped it. It goes on with flux resume.`
    return { state: 'failed', reason: 'Suspended', message, since: ready?.since }
  }
  const stalled = conditionOf(object, 'Stalled')
  if (stalled?.status === 'True' && isCurrent(object, stalled)) return judged('failed', stalled, otherwise)
  if (ready === undefined || !isCurrent(object, ready)) return notObserved(object)
  switch (ready.status) {
    case 'True':
      return judged('done', ready, { reason: 'Ready', message: `${nameOf(object)} is ready.` })
    case 'Unknown':
      return judged('running', reconcilingOf(object) ?? ready, otherwise)
    case 'False':
      return judged(stateOfFailure(ready), ready, otherwise)
    default:
      return ready.status satisfies never
  }
}

/** The source has a commit, or why not. `hasCommit` tells whether a commit of the branch has what is waited for. */
export function sourceJudgement(
  source: ObservedObject | undefined,
  hasCommit: (commit: string) => boolean,
  what: string,
): Judgement {
  if (source === undefined) return notCreated(what)
  const { revision, lastUpdateTime } = (source.status.artifact ?? {}) as {
    readonly revision?: unknown
    readonly lastUpdateTime?: unknown
  }
  if (typeof revision === 'string' && hasCommit(commitOfRevision(revision))) {
    const since = typeof lastUpdateTime === 'string' ? lastUpdateTime : undefined
    return { state: 'done', reason: 'Fetched', message: `Flux has fetched ${revision}.`, since }
  }
  const judgement = fluxJudgement(source, what)
  if (judgement.state !== 'done') return judgement
  return {
    ...judgement,
    state: 'running',
    reason: 'OlderRevision',
    message: `Flux has ${String(revision)} and fetches what is newer.`,
  }
}

/**
 * The Kustomization has applied a commit and is ready, or why not. While it looks at a newer commit, of another tenant perhaps, or waits
 * for its turn to do so, what it had applied stays applied: Flux writes `lastAppliedRevision` only when all of it was healthy.
 */
export function appliedJudgement(
  kustomization: ObservedObject | undefined,
  hasCommit: (commit: string) => boolean,
  what: string,
): Judgement {
  const judgement = fluxJudgement(kustomization, what)
  if (kustomization === undefined || kustomization.deletingSince !== undefined) return judgement
  const { lastAppliedRevision, observedGeneration } = kustomization.status
  const isApplied = typeof lastAppliedRevision === 'string' && hasCommit(commitOfRevision(lastAppliedRevision))
  const isSeen = observedGeneration === kustomization.generation
  if (isApplied && isSeen && looksAgain(kustomization)) return { ...judgement, state: 'done', reason: 'Applied' }
  if (judgement.state !== 'done') return judgement
  if (!isSeen) return notObserved(kustomization)
  if (isApplied) return judgement
  const message = `${nameOf(kustomization)} has applied ${String(lastAppliedRevision)}; what is newer comes next.`
  return { ...judgement, state: 'running', reason: 'OlderRevision', message }
}

/**
 * Helm has installed the release as it is ordered now, or why not. While it looks again, or waits for the chart that a newer commit may
 * bring, what was installed stays installed.
 */
export function releasedJudgement(release: ObservedObject | undefined, what: string): Judgement {
  const judgement = fluxJudgement(release, what)
  if (release === undefined || release.deletingSince !== undefined) return judgement
  const released = conditionOf(release, 'Released')
  const isReleased = released?.status === 'True' && isCurrent(release, released)
  return isReleased && looksAgain(release) ? { ...judgement, state: 'done', reason: 'Released' } : judgement
}

/** The hash in a revision of Flux: `main@sha1:<hash>`. The whole text when it has another form. */
export function commitOfRevision(revision: string): string {
  return revision.slice(revision.lastIndexOf(':') + 1)
}

function stateOfFailure({ reason, message }: { readonly reason: string; readonly message: string }): Judgement['state'] {
  if (WAITS.has(reason) || (reason === 'ArtifactFailed' && /not found/.test(message))) return 'waiting'
  return GOES_ON.has(reason) ? 'running' : 'failed'
}

/**
 * Whether it only looks whether all is still so. An attempt that failed is told until one succeeds: what Flux writes while it tries again
 * does not say that it failed, but its history does.
 */
function looksAgain(object: ObservedObject): boolean {
  const ready = conditionOf(object, 'Ready')
  if (ready === undefined || !isCurrent(object, ready) || object.spec.suspend === true) return false
  if (conditionOf(object, 'Stalled')?.status === 'True') return false
  const [last] = (object.status.history ?? []) as readonly { readonly lastReconciledStatus?: string }[]
  if ((last?.lastReconciledStatus ?? SUCCEEDED) !== SUCCEEDED) return false
  return ready.status === 'Unknown' || (ready.status === 'False' && NOT_LOOKED.has(ready.reason))
}

/** What it does right now is more than "in progress". */
function reconcilingOf(object: ObservedObject) {
  const reconciling = conditionOf(object, 'Reconciling')
  return reconciling?.status === 'True' && reconciling.message !== '' ? reconciling : undefined
}
