// SPDX-License-Identifier: Apache-2.0
/**
 * One run over one resource: observe, name the state, choose one action, act once, and again until there is nothing to do. The
 * run may end anywhere: the next one observes anew and believes nothing that this one set.
 */
import type { Status } from '@kaas/domain'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { ResourceKey, StoredResource } from '@kaas/store'
import { ClusterBusy } from '../kafka/kafka-clusters.ts'
import { failed } from './conditions.ts'
import { reconcilerOf } from './kinds.ts'
import { Progress } from './progress.ts'
import { openRunContext, type ReconcilerParts, type Report, type RunContext } from './run-context.ts'
import { saveReport } from './save-report.ts'

/** How a run ended. */
export type RunOutcome =
  /** Nothing to do now; look again after `againInMs`, or when woken. */
  | { readonly kind: 'settled'; readonly againInMs?: number }
  /** The resource is gone, before or by this run. */
  | { readonly kind: 'gone' }
  /** Ended before the work was done: aborted, or after `maxActions`. */
  | { readonly kind: 'unfinished' }
  /** The cluster has no free place; nothing was looked at. */
  | { readonly kind: 'busy' }
  /** Something failed; it is in the conditions. */
  | { readonly kind: 'failed'; readonly error: KaasError }

/** Bounds of a run. */
export interface RunOptions {
  /** Actions after which to stop, 20 when absent: more than any kind needs. */
  readonly maxActions?: number
  /** Ends the run before its next action. */
  readonly signal?: AbortSignal
}

const MOST_ACTIONS = 20

/** Works on the resource that `key` names. Throws only when the store fails. */
export async function runOnce(parts: ReconcilerParts, key: ResourceKey, options: RunOptions = {}): Promise<RunOutcome> {
  const { context, leave } = openRunContext(parts)
  let outcome: RunOutcome | undefined
  try {
    outcome = await workThrough(context, key, options)
    return outcome
  } finally {
    leave(outcome?.kind === 'failed' ? outcome.error : undefined)
  }
}

async function workThrough(context: RunContext, key: ResourceKey, options: RunOptions): Promise<RunOutcome> {
  const progress = new Progress(options.maxActions ?? MOST_ACTIONS)
  for (;;) {
    const resource = await context.store.loadResource(key)
    if (resource === undefined) return { kind: 'gone' }
    try {
      const { report, action, act, told } = await lookAt(context, resource)
      if (action === undefined) {
        await told(await saveReport(context, resource, report))
        return report.againInMs === undefined ? { kind: 'settled' } : { kind: 'settled', againInMs: report.againInMs }
      }
      if (await progress.isStillInvisible(action.key)) continue
      if (options.signal?.aborted === true || progress.isExhausted) return { kind: 'unfinished' }
      if (progress.isSlow) await saveReport(context, resource, report)
      progress.begin(action.key, action.kind)
      await act()
    } catch (thrown) {
      if (thrown instanceof ClusterBusy) return { kind: 'busy' }
      const error = asKaasError(thrown)
      if (error.code === 'database-unavailable') throw error
      await saveFailure(context, resource, error, progress.action)
      return { kind: 'failed', error }
    }
  }
}

interface Looked {
  readonly report: Report
  /** The action to take, if any. */
  readonly action: { readonly kind: string; readonly key: string } | undefined
  readonly act: () => Promise<void>
  readonly told: (status: Status) => Promise<void>
}

async function lookAt(context: RunContext, resource: StoredResource): Promise<Looked> {
  const kind = await reconcilerOf(context.store, resource)
  const observation = await kind.observe(context, resource)
  const state = kind.stateOf(observation)
  const action = kind.actionFor(state)
  const report = kind.reportOf(observation, state)
  const act = async () => {
    if (action === undefined) return
    context.log.debug(
      { kind: resource.kind, tenant: resource.tenant, name: resource.name, state: state.kind, action: action.kind },
      'acting',
    )
    await kind.act(context, resource, action)
  }
  const told = async (status: Status) => kind.told?.(context, resource, status)
  const named = action && { kind: action.kind, key: action.key ?? action.kind }
  return { report, action: named, act, told }
}

async function saveFailure(context: RunContext, resource: StoredResource, error: KaasError, during?: string): Promise<void> {
  const step = during === undefined ? 'observe' : during
  const verdict = failed(error, error.retriable ? `${step}: waiting to try again` : step)
  await saveReport(context, resource, { verdict, observed: resource.status?.observed ?? {} })
}
