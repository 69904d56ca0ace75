// SPDX-License-Identifier: Apache-2.0
/** What the platform says about a resource, for a person: its conditions, and the steps of a tenant with an own Kafka. */
import type { Condition } from '@kaas/domain'
import { type StatusStep, titleOf } from '../steps.ts'
import { renderAgo } from './ago.ts'
import { type Column, renderWithSentences } from './table.ts'

/** How it is shown. */
interface StatusView {
  readonly width: number | undefined
  readonly nowMs: number
}

/** A line per condition, with its message. */
export function renderConditions(conditions: readonly Condition[], { width, nowMs }: StatusView): string {
  const columns: readonly Column<Condition>[] = [
    { title: 'TYPE', cell: ({ type }) => type },
    { title: 'STATUS', cell: ({ status }) => status },
    { title: 'REASON', cell: ({ reason }) => reason },
    { title: 'SINCE', cell: ({ since }) => renderAgo(since, nowMs) },
  ]
  const said = { title: 'MESSAGE', cell: ({ message, step }: Condition) => [message, step].filter(Boolean).join(' Now: ') }
  return renderWithSentences(conditions, columns, said, width) || 'none yet\n'
}

/** A line per step, in the order in which they are done; `→` marks what runs now. */
export function renderSteps(steps: readonly StatusStep[], { width, nowMs }: StatusView): string {
  const columns: readonly Column<StatusStep>[] = [
    { title: ' ', cell: ({ state }) => SIGNS[state] ?? '?' },
    { title: 'STEP', cell: titleOf },
    { title: 'STATE', cell: ({ state }) => state },
    { title: 'SINCE', cell: ({ since }) => renderAgo(since, nowMs) },
    { title: 'OBJECT', cell: ({ object }) => object ?? '-', drop: 1 },
  ]
  return renderWithSentences(steps, columns, { title: 'MESSAGE', cell: ({ message }) => message ?? '' }, width)
}

const SIGNS: Readonly<Record<string, string>> = { done: '✓', running: '→', failed: '✗', waiting: '·' }
