// SPDX-License-Identifier: Apache-2.0
/** Waiting until the platform says that a condition is true, or that a resource is gone, while a person sees what happens. */
import { setTimeout as pause } from 'node:timers/promises'
import { type Condition, parseDuration } from '@kaas/domain'
import { CODES, type ErrorCode, KaasError } from '@kaas/errors'
import type { ResourceAnswer, ResourceName } from '@kaas/http-contract'
import { Progress } from './render/progress.ts'
import type { Session } from './session.ts'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1000
/** A platform that has just started says "no cluster yet" for a moment. */
const PATIENCE_MS = 1500

/**
 * The resource once the condition is `True` for its newest generation. Throws `wait-timeout`, or soon what a condition says
 * when waiting cannot help (no room, limits, a taken prefix).
 */
export async function waitForCondition(
  session: Session,
  resource: ResourceName,
  options: { readonly condition: string; readonly timeoutMs: number },
): Promise<ResourceAnswer> {
  const label = labelOf(resource)
  let blockedSince: number | undefined
  return poll(session, options.timeoutMs, `${label} was not ${options.condition} in time.`, async (say) => {
    const answer = await session.client.get(resource)
    const conditions = answer.status?.conditions ?? []
    const current = (answer.status?.observedGeneration ?? 0) >= answer.metadata.generation
    const wanted = conditions.find(({ type }) => type === options.condition)
    if (current && wanted?.status === 'True') return { done: answer }
    const blocked = current ? conditions.find(isBlocked) : undefined
    const now = session.terminal.now()
    blockedSince = blocked === undefined ? undefined : (blockedSince ?? now)
    if (blocked !== undefined && now - (blockedSince ?? now) >= PATIENCE_MS) throw errorOf(blocked)
    const running = conditions.find(({ status }) => status !== 'True') ?? wanted
    const detail = running === undefined ? 'accepted' : (running.step ?? running.message)
    say(`${label}: waiting for ${options.condition}, ${detail}`)
    return { last: detail }
  })
}

/** Returns when the resource is no more. Throws `wait-timeout`. */
export async function waitUntilGone(session: Session, resource: ResourceName, timeoutMs: number): Promise<void> {
  const label = labelOf(resource)
  await poll(session, timeoutMs, `${label} was not gone in time.`, async (say) => {
    try {
      const { status } = await session.client.get(resource)
      const running = status?.conditions.find((each) => each.status !== 'True')
      say(`${label}: deleting${running === undefined ? '' : `, ${running.step ?? running.message}`}`)
      return { last: running?.message ?? 'it is being deleted' }
    } catch (error) {
      if (error instanceof KaasError && error.code === 'resource-absent') return { done: undefined }
      throw error
    }
  })
}

/** `--timeout` in milliseconds. */
export function timeoutIn(text: string): number {
  return parseDuration(text)
}

type Step<T> = { readonly done: T } | { readonly last: string }

async function poll<T>(
  { terminal }: Session,
  timeoutMs: number,
  late: string,
  look: (say: (text: string) => void) => Promise<Step<T>>,
): Promise<T> {
  const progress = new Progress(terminal)
  const interrupted = new AbortController()
  const forgetInterrupt = terminal.onInterrupt(() => interrupted.abort())
  const end = terminal.now() + timeoutMs
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
      if (interrupted.signal.aborted) throw stoppedWaiting(step.last)
      if (terminal.now() >= end) throw lateError(late, step.last)
      const restMs = Math.max(1, end - terminal.now())
      await pause(Math.min(pauseMs, restMs), undefined, { signal: interrupted.signal }).catch(() => undefined)
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5)
    }
  } finally {
    forgetInterrupt()
    progress.stop()
  }
}

function lateError(late: string, last: string): KaasError {
  return new KaasError('wait-timeout', {
    message: `${late} Last seen: ${last}`,
    help: 'The work goes on. Look with "kaas describe", or wait longer with --timeout.',
  })
}

function stoppedWaiting(last: string): KaasError {
  return new KaasError('cancelled-by-caller', {
    message: `The waiting was stopped. Last seen: ${last}`,
    help: 'The work goes on. Look with "kaas describe", or wait again with "kaas wait"; undo it with "kaas delete".',
  })
}

/** `False` without a step that runs: it cannot go on without a change by somebody. */
function isBlocked({ status, step }: Condition): boolean {
  return status === 'False' && step === undefined
}

/** A condition's reason is an error code in UpperCamelCase (`toCondition`) or a state of the reconciler. */
function errorOf({ reason, message }: Condition): KaasError {
  const code = reason.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`)
  return new KaasError(isCode(code) ? code : 'provisioning-blocked', { message })
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(CODES, code)
}

function labelOf({ kind, name, tenant }: ResourceName): string {
  return `${kind.singular}/${name}${tenant === undefined ? '' : ` in ${tenant}`}`
}
