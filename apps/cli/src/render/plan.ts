// SPDX-License-Identifier: Apache-2.0
/** A plan for a person: the promise, the place on each shared cluster, the own cluster, and where sources disagree. */
import {
  type Constraint,
  type Cost,
  type DedicatedPlan,
  type Plan,
  type PlanLimits,
  renderBinarySize,
  renderDuration,
  renderRate,
  renderSize,
  renderWorkload,
  type SecondOpinion,
  type SharedPlan,
} from '@kaas/domain'
import type { Style } from './style.ts'
import { type Column, renderTable, wrapped } from './table.ts'

/** How it is shown. */
export interface PlanView {
  readonly style: Style
  readonly width: number | undefined
}

/** The whole text. */
export function renderPlan(plan: Plan, view: PlanView): string {
  const { limits } = plan.dedicated
  return [
    `${view.style('bold', 'Workload')}  ${renderWorkload(plan.workload)}\n`,
    `${view.style('bold', 'Limits')}    ${renderLimits(limits)}\n`,
    `${view.style('bold', 'Profile')}   ${plan.profile}\n`,
    ...(plan.shared.length === 0
      ? ['\nThere is no shared cluster yet.\n']
      : plan.shared.map((each) => `\n${renderShared(each, view)}`)),
    `\n${renderDedicated(plan.dedicated, view)}`,
  ].join('')
}

/** The promise in one line. */
export function renderLimits(limits: PlanLimits): string {
  const { partitions, connections, users, storageBytes, retentionMs, localRetentionMs } = limits
  const onDisks = localRetentionMs === undefined ? '' : `, ${renderDuration(localRetentionMs)} of that on disks`
  const kept = `${renderSize(storageBytes)} before replication, kept ${renderDuration(retentionMs)}${onDisks}`
  return `${partitions} partitions, ${connections} connections, ${users} users, ${kept}`
}

/** What gateways hold beside the rates of bytes; nothing of a plan that an older control plane made. */
function renderGatewayRates({ requestsPerSecond, connectionsPerSecond }: PlanLimits): string {
  if (requestsPerSecond === undefined || connectionsPerSecond === undefined) return ''
  return `at the gateways: ${requestsPerSecond} requests and ${connectionsPerSecond} new connections a second`
}

/** A place on a shared cluster. */
export function renderShared(plan: SharedPlan, view: PlanView): string {
  const { style } = view
  const verdict = plan.kind === 'fits' ? style('green', 'fits') : style('red', 'does not fit')
  const title = `${style('bold', `On the shared cluster "${plan.cluster}"`)} (isolation: virtual): ${verdict}\n`
  const quota = plan.quotaPerBroker
  const rates = `${renderRate(quota.produceBytesPerSecond)} in, ${renderRate(quota.consumeBytesPerSecond)} out`
  const quotas = `${renderSentence(`quota per broker: ${rates}`, view)}${renderSentence(renderGatewayRates(plan.limits), view)}`
  if (plan.constraints.length === 0)
    return `${title}${quotas}${renderSentence('The cluster states no capacity; nothing can be checked.', view)}`
  const table = renderConstraints(plan.constraints, plan.binding, true, view)
  return `${title}${quotas}${table}${renderSentence(renderBinding(plan.constraints, plan.binding), view)}${renderSentence(renderLargest(plan), view)}`
}

/** An own cluster. */
export function renderDedicated(plan: DedicatedPlan, view: PlanView): string {
  const { style } = view
  const title = `${style('bold', 'As an own cluster')} (isolation: namespace or cluster): `
  const table = renderConstraints(plan.constraints, plan.binding, false, view)
  if (plan.kind === 'refused') {
    return `${title}${style('red', 'does not fit')}\n${table}${renderSentence(renderBinding(plan.constraints, plan.binding), view)}${renderSentence(renderLargest(plan), view)}`
  }
  const { broker, cost } = plan
  const memory = `${renderBinarySize(broker.memoryBytes)} memory (heap ${renderBinarySize(broker.heapBytes)})`
  const volumes = broker.volumes === 1 ? 'disk' : `disk in ${broker.volumes} volumes`
  const disk = `${renderBinarySize(broker.diskBytes)} ${volumes} at ${renderBinarySize(broker.diskBytesPerSecond)}/s`
  const copies = `replication factor ${plan.replicationFactor}, min.insync.replicas ${plan.minInSyncReplicas}`
  return [
    `${title}${style('green', `${plan.brokers} brokers ${broker.instance}`)}\n`,
    renderSentence(`each: ${broker.cores} cores, ${memory}, ${disk}`, view),
    renderSentence(`${plan.controllers} controllers, ${plan.zones} zones, ${copies}`, view),
    renderSentence(costOf(cost), view),
    table,
    renderSentence(renderDeciding(plan.constraints, plan.binding), view),
    renderOpinions(plan.secondOpinions, view),
  ].join('')
}

function costOf(cost: Cost): string {
  const parts = `machines ${dollars(cost.instances)}, disks ${dollars(cost.disks)}, disk throughput ${dollars(cost.diskThroughput)}`
  return `about $${dollars(cost.total)} a month: ${parts}, traffic between zones ${dollars(cost.zoneTraffic)}; ${cost.priceList}`
}

/** Indented by two; broken between words on a terminal. */
export function renderSentence(text: string, { width }: PlanView): string {
  return wrapped(text, (width ?? 10_000) - 2)
    .map((line) => `  ${line}\n`)
    .join('')
}

function renderConstraints(
  constraints: readonly Constraint[],
  binding: string | undefined,
  shared: boolean,
  { width }: PlanView,
): string {
  const amount = (pick: (each: Constraint) => number) => (each: Constraint) => renderAmount(pick(each), each.unit)
  const columns: readonly Column<Constraint>[] = [
    { title: ' ', cell: ({ name }) => (name === binding ? '→' : ' ') },
    { title: 'CONSTRAINT', cell: ({ name }) => name },
    { title: 'DEMAND', cell: amount(({ demand }) => demand), align: 'right', drop: 1 },
    ...(shared
      ? [{ title: 'TAKEN', cell: amount(({ taken }: Constraint) => taken), align: 'right', drop: 3 } as const]
      : []),
    { title: 'CAPACITY', cell: amount(({ capacity }) => capacity), align: 'right', drop: 2 },
    { title: 'USABLE', cell: ({ target }) => percent(target), align: 'right', drop: 4 },
    { title: 'SHARE', cell: ({ share }) => percent(share), align: 'right' },
    { title: 'ROOM', cell: renderRoom, align: 'right' },
    { title: 'BY', cell: ({ source }) => source, drop: 5 },
  ]
  return renderTable(constraints, columns, width === undefined ? undefined : width - 2).replace(/^(?=.)/gm, '  ')
}

function renderBinding(constraints: readonly Constraint[], binding: string | undefined): string {
  const found = constraints.find(({ name }) => name === binding)
  if (found === undefined) return ''
  const room = found.headroom >= 1 ? `; the demand could grow ${Number(found.headroom.toPrecision(3))} times` : ''
  return `Binds first: ${found.name}, at ${percent(found.share)} of what may be used${room}.`
}

/** Of an own cluster: what decides the number of brokers, and what would decide it next when the workload grows. */
function renderDeciding(constraints: readonly Constraint[], binding: string): string {
  const others = constraints.filter(({ name, unit }) => name !== binding && unit !== 'brokers')
  const next = others.toSorted((a, b) => b.share - a.share)[0]
  const then =
    next === undefined ? '' : `; then ${next.name}, which could grow ${Number(next.headroom.toPrecision(3))} times`
  return `Decides the number of brokers: ${binding}${then}.`
}

/** Replicas do not grow with the workload, so that "how many times" says nothing of them. */
function renderRoom({ headroom, unit }: Constraint): string {
  return unit === 'brokers' ? '-' : `×${Number(headroom.toPrecision(3))}`
}

function renderLargest({ kind, largest }: Pick<SharedPlan, 'kind' | 'largest'>): string {
  if (kind === 'fits') return ''
  return largest === undefined ? 'It is full.' : `The largest that fits: ${renderWorkload(largest)}`
}

function renderOpinions(opinions: readonly SecondOpinion[], { style, width }: PlanView): string {
  if (opinions.length === 0) return ''
  const columns: readonly Column<SecondOpinion>[] = [
    { title: 'ABOUT', cell: ({ about }) => about },
    { title: 'FOLLOWED', cell: ({ followed, unit }) => renderAmount(followed.value, unit), align: 'right' },
    { title: 'BY', cell: ({ followed }) => followed.source, drop: 1 },
    { title: 'OTHER', cell: ({ other, unit }) => renderAmount(other.value, unit), align: 'right' },
    { title: 'BY', cell: ({ other }) => other.source, drop: 1 },
  ]
  const table = renderTable(opinions, columns, width === undefined ? undefined : width - 2)
  return `  ${style('bold', 'Where sources disagree')}\n${table.replace(/^(?=.)/gm, '  ')}`
}

function renderAmount(value: number, unit: Constraint['unit'] | SecondOpinion['unit']): string {
  switch (unit) {
    case 'bytesPerSecond':
      return renderRate(value)
    case 'bytes':
      return renderSize(value)
    case 'dollarsPerMonth':
      return `$${dollars(value)}`
    case 'partitions':
    case 'connections':
    case 'cores':
    case 'brokers':
      return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))
  }
}

function percent(part: number): string {
  const value = part * 100
  return `${value >= 10 ? Math.round(value) : Number(value.toPrecision(2))}%`
}

/** Whole dollars, thousands apart: `12,345`. */
export function dollars(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
}
