// SPDX-License-Identifier: Apache-2.0
/** What a changed order does, for a person: what differs, what happens and how long, what it costs, and why it is refused. */
import { type PlanChange, type PlanDifference, renderBinarySize, renderDuration, renderRate } from '@kaas/domain'
import type { PlanChangeAnswer } from '@kaas/http-contract'
import { renderLasting } from './lasting.ts'
import { dollars, type PlanView, renderDedicated, renderLimits, renderSentence, renderShared } from './plan.ts'
import { type Column, renderTable, wrapped } from './table.ts'

/** The plan of the order, then what it changes. */
export function renderPlanChange({ plan, shared, change }: PlanChangeAnswer, label: string, view: PlanView): string {
  return [
    ...(plan === undefined
      ? []
      : [`${renderDedicated(plan, view)}${renderSentence(`Limits: ${renderLimits(plan.limits)}.`, view)}\n`]),
    ...(shared === undefined ? [] : [`${renderShared(shared, view)}\n`]),
    renderChange(change, label, view),
  ].join('')
}

/** Only what it changes. `label` names the tenant. */
export function renderChange(change: PlanChange, label: string, view: PlanView): string {
  const { style } = view
  const sentence = (text: string) => renderSentence(text, view)
  return [
    `${style('bold', `${label} ${WORDS[change.kind]}`)}\n`,
    ...(change.kind === 'create' ? [] : [renderDifferences(change.differences, view)]),
    ...(change.steps.length === 0 ? [] : [renderSteps(change, view)]),
    ...(change.kind === 'change' ? [sentence(rollsOf(change))] : []),
    sentence(costOf(change)),
    ...change.warnings.map((text) => style('yellow', sentence(`Note: ${text}`))),
    ...change.refusals.map(({ message, help }) => style('red', sentence(`Refused: ${message} ${help}`))),
  ].join('')
}

const WORDS: Readonly<Record<PlanChange['kind'], string>> = {
  create: 'would be created',
  change: 'would change',
  same: 'stays as it runs',
  refused: 'cannot change like this',
}

function renderDifferences(differences: readonly PlanDifference[], { width }: PlanView): string {
  const columns: readonly Column<PlanDifference>[] = [
    { title: 'WHAT', cell: ({ field }) => NAMES[field] ?? field },
    { title: 'NOW', cell: ({ unit, before }) => amount(before, unit), align: 'right' },
    { title: 'THEN', cell: ({ unit, after }) => amount(after, unit), align: 'right' },
  ]
  return indented(renderTable(differences, columns, width === undefined ? undefined : width - 2))
}

/** Memory, disk and cores are those of one broker. */
const NAMES: Readonly<Record<string, string>> = {
  cores: 'cores of a broker',
  memory: 'memory of a broker',
  disk: 'disk of a broker',
  volumes: 'volumes of a broker',
  'disk throughput': 'disk throughput of a broker',
}

function amount(value: number | string | undefined, unit: PlanDifference['unit']): string {
  if (value === undefined) return '-'
  if (typeof value === 'string') return value
  switch (unit) {
    case 'bytesPerSecond':
      return renderRate(value)
    case 'milliseconds':
      return renderDuration(value)
    case 'bytes':
      return renderBinarySize(value)
    case 'count':
    case 'cores':
    case 'name':
      return String(value)
  }
}

function renderSteps({ steps, seconds }: PlanChange, { width, style }: PlanView): string {
  const lines = steps.flatMap(({ what, seconds: takes }, index) => {
    const [first = '', ...rest] = wrapped(`${what} (about ${renderLasting(takes)})`, (width ?? 10_000) - 7)
    return [`  ${String(index + 1).padStart(2)}. ${first}\n`, ...rest.map((line) => `      ${line}\n`)]
  })
  return `${style('bold', 'What happens')}, about ${renderLasting(seconds)} in all\n${lines.join('')}`
}

function rollsOf({ rolls, restarts }: PlanChange): string {
  switch (rolls) {
    case 'nothing':
      return 'No broker restarts.'
    case 'brokers':
      return `${restarts} ${restarts === 1 ? 'broker restarts' : 'brokers restart, one after the other,'} while the cluster serves.`
  }
}

function costOf({ cost, kind }: PlanChange): string {
  if (cost === undefined) return ''
  if (kind === 'create') return `Costs about $${dollars(cost.after)} a month.`
  const sign = cost.difference < 0 ? '-' : '+'
  return `Costs about $${dollars(cost.before)} a month now, $${dollars(cost.after)} then (${sign}$${dollars(Math.abs(cost.difference))}).`
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
