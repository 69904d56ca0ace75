// SPDX-License-Identifier: Apache-2.0
/** Waiting until the platform says that a condition is true, or that a resource is gone, while a person sees which step runs. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Condition, parseDuration } from '@kaas/domain'
import { CODES, type ErrorCode, KaasError } from '@kaas/errors'
import type { ResourceAnswer, ResourceName } from '@kaas/http-contract'
import { Progress } from './render/progress.ts'
import type { Session } from './session.ts'
import { runningStepOf } from './steps.ts'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1000
/** A platform that has just started says "no cluster yet" for a moment. */
const PATIENCE_MS = 1500

/** What waits when nobody said how long: an own Kafka starts in minutes, an own Kubernetes cluster before it in tens of them. */
const TIMEOUT_MS: Readonly<Record<string, number>> = { namespace: 30 * 60_000, cluster: 90 * 60_000 }
const SHORT_TIMEOUT_MS = 5 * 60_000

/** What is waited for, and for how long; without a time, as long as such a resource takes. */
export interface WaitOptions {
  readonly condition: string
  readonly timeoutMs: number | undefined
  /** The condition must be true for this generation or a later one. */
  readonly generation?: number
}

/**
 * The resource once the condition is `True` for its newest generation. Throws `wait-timeout`, or soon what a condition says
 * when waiting cannot help (no room, limits, a taken prefix).
 */
export async function waitForCondition(
  session: Session,
  resource: ResourceName,
  { condition, timeoutMs, generation = 0 }: WaitOptions,
): Promise<ResourceAnswer> {
  const label = labelOf(resource)
  let blockedSince: number | undefined
  return poll(
    session,
    { timeoutMs, late: `${label} was not ${condition} in time.`, again: waitAgain(resource, condition) },
    async (say) => {
      const answer = await session.client.get(resource)
      const conditions = answer.status?.conditions ?? []
      const current = (answer.status?.observedGeneration ?? 0) >= Math.max(generation, answer.metadata.generation)
      const wanted = conditions.find(({ type }) => type === condition)
      if (current && wanted?.status === 'True') return { done: answer }
      const blocked = current ? conditions.find(isBlocked) : undefined
      const now = session.terminal.now()
      blockedSince = blocked === undefined ? undefined : (blockedSince ?? now)
      if (blocked !== undefined && now - (blockedSince ?? now) >= PATIENCE_MS) throw errorOf(blocked)
      const detail = current ? (runningStepOf(answer) ?? 'accepted') : 'accepted'
      say(`${label}: ${detail}`)
      return { last: detail, takesMs: takesMs(answer) }
    },
  )
}

/** Returns when the resource is no more. Throws `wait-timeout`. */
export async function waitUntilGone(session: Session, resource: ResourceName, timeoutMs: number | undefined): Promise<void> {
  const label = labelOf(resource)
  await poll(
    session,
    { timeoutMs, late: `${label} was not gone in time.`, again: waitAgain(resource, 'deleted') },
    async (say) => {
      try {
        const answer = await session.client.get(resource)
        const running = runningStepOf(answer)
        say(`${label}: deleting${running === undefined ? '' : `, ${running}`}`)
        return { last: running ?? 'it is being deleted', takesMs: takesMs(answer) }
      } catch (error) {
        if (error instanceof KaasError && error.code === 'resource-absent') return { done: undefined }
        throw error
      }
    },
  )
}

/** `--timeout` in milliseconds; undefined when it was not given. */
export function timeoutIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text)
}

type Step<T> = { readonly done: T } | { readonly last: string; readonly takesMs?: number }

interface Patience {
  readonly timeoutMs: number | undefined
  readonly late: string
  /** The command that goes on waiting. */
  readonly again: string
}

async function poll<T>(
  { terminal }: Session,
  { timeoutMs, late, again }: Patience,
  look: (say: (text: string) => void) => Promise<Step<T>>,
): Promise<T> {
  const progress = new Progress(terminal)
  const interrupted = new AbortController()
  const forgetInterrupt = terminal.onInterrupt(() => interrupted.abort())
  const start = terminal.now()
  let limitMs = timeoutMs
  let pauseMs = FIRST_PAUSE_MS
  let reached = false
  try {
    for (;;) {
      const step: Step<T> = await look((text) => progress.say(text)).catch((error: unknown) => {
        // A control plane that was there a moment ago restarts.
        if (!reached || !(error instanceof KaasError) || !error.retriable) throw error
        progress.say(error.message)
        return { last: error.message }
      })
      reached = true
      if ('done' in step) return step.done
      limitMs ??= step.takesMs
      const restMs = start + (limitMs ?? SHORT_TIMEOUT_MS) - terminal.now()
      if (interrupted.signal.aborted) throw stoppedWaiting(step.last, again)
      if (restMs <= 0) throw lateError(late, step.last, again)
      await pause(Math.min(pauseMs, restMs), undefined, { signal: interrupted.signal }).catch(() => undefined)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)
    }
  } finally {
    forgetInterrupt()
    progress.stop()
  }
}

function takesMs({ spec }: ResourceAnswer): number {
  return (typeof spec.isolation === 'string' ? TIMEOUT_MS[spec.isolation] : undefined) ?? SHORT_TIMEOUT_MS
}

function lateError(late: string, last: string, again: string): KaasError {
  return new KaasError('wait-timeout', {
    message: `${late} Last seen: ${last}`,
    help: `The work goes on. Wait longer with "${again} --timeout 1h", or look with "kaas describe".`,
  })
}

function stoppedWaiting(last: string, again: string): KaasError {
  return new KaasError('cancelled-by-caller', {
    message: `The waiting has ended. Last seen: ${last}`,
    help: `The work goes on. Wait again with "${again}"; undo the order with "kaas delete".`,
  })
}

function waitAgain({ kind, name, tenant }: ResourceName, condition: string): string {
  const inTenant = tenant === undefined ? '' : ` --tenant ${tenant}`
  return `kaas wait ${kind.singular}/${name}${inTenant} --for ${condition}`
}

/** `False` without a step that runs, or a part that this installation lacks: it cannot go on without a change by somebody. */
function isBlocked({ status, step, reason }: Condition): boolean {
  return (status === 'False' && step === undefined) || (status !== 'True' && reason === 'NotConfigured')
}

/** A condition's reason is an error code in UpperCamelCase (`toCondition`) or a state of the reconciler. */
function errorOf({ reason, message }: Condition): KaasError {
  const code = reason.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`)
  return new KaasError(isCode(code) ? code : 'provisioning-blocked', {
    message,
    ...(code === 'not-configured' ? { help: 'What was ordered is stored. See how far it is with "kaas describe".' } : {}),
  })
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(CODES, code)
}

function labelOf({ kind, name, tenant }: ResourceName): string {
  return `${kind.singular}/${name}${tenant === undefined ? '' : ` in ${tenant}`}`
}
