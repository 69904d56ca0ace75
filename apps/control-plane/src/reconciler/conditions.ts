// SPDX-License-Identifier: Apache-2.0
/** From what was decided about a resource to its four conditions. Pure; `since` moves only when a status changes. */
import type { Condition } from '@kaas/domain'
import { type KaasError, toCondition } from '@kaas/errors'

/** What to say in one condition. `step` is what runs or is waited for now. */
export interface Statement {
  readonly status: Condition['status']
  readonly reason: string
  readonly message: string
  readonly step?: string
}

/** One statement per condition, in the order in which a resource passes through them. */
export type Verdict = Readonly<Record<Condition['type'], Statement>>

const ORDER: readonly Condition['type'][] = ['Accepted', 'Planned', 'Provisioned', 'Ready']

/** All is as it should be. */
export function settled(message: string, reason = 'Ready'): Verdict {
  const { Accepted, Planned } = EARLIER
  const Provisioned = { status: 'True', reason: 'Provisioned', message: 'Kafka holds what was asked for.' } as const
  return { Accepted, Planned, Provisioned, Ready: { status: 'True', reason, message } }
}

/** Work is under way, or something else must come first; `step` says what. */
export function working(reason: string, message: string, step: string): Verdict {
  const statement = { status: 'False', reason, message, step } as const
  return { ...EARLIER, Provisioned: statement, Ready: statement }
}

/** It cannot go on without a change by somebody; `at` is the condition that fails, and those after it fail with it. */
export function blocked(at: Condition['type'], reason: string, message: string): Verdict {
  const statement = { status: 'False', reason, message } as const
  const failing = ORDER.slice(ORDER.indexOf(at)).map((type) => [type, statement] as const)
  return { ...EARLIER, Provisioned: statement, Ready: statement, ...Object.fromEntries(failing) }
}

/** A run failed. What cannot be known while a dependency is away is `Unknown`; the rest is `False`. */
export function failed(error: KaasError, step: string): Verdict {
  const { reason, message } = toCondition(error)
  const status = error.kind === 'unavailable' || error.kind === 'timeout' ? 'Unknown' : 'False'
  const statement: Statement = { status, reason, message, step }
  return { ...EARLIER, Provisioned: statement, Ready: statement }
}

/** The conditions to store, in order. `previous` are those stored before. */
export function conditionsFrom(verdict: Verdict, previous: readonly Condition[], now: Date): Condition[] {
  return ORDER.map((type) => {
    const before = previous.find((condition) => condition.type === type)
    const since = before?.status === verdict[type].status ? before.since : now.toISOString()
    return { type, ...verdict[type], since }
  })
}

/** Accepted and Planned as they are once a resource has come as far as Kafka. */
const EARLIER: Pick<Verdict, 'Accepted' | 'Planned'> = {
  Accepted: { status: 'True', reason: 'Accepted', message: 'The document is valid and stored.' },
  Planned: { status: 'True', reason: 'Planned', message: 'It is decided where and how to run it.' },
}
