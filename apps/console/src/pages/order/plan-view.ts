// SPDX-License-Identifier: Apache-2.0
/** A plan as the order page shows it: the three levels side by side, and what can run out. */
import type { Constraint, Plan, PlanLimits, SharedPlan } from '@kaas/domain'
import { counted, formatBinarySize, formatMoney, formatRate, formatShare, formatSize } from '../../format/numbers.ts'

/** What the same order is at one level of isolation. */
export interface LevelView {
  readonly level: 'virtual' | 'namespace' | 'cluster'
  readonly title: string
  /** For whom it is. */
  readonly lead: string
  /** `unknown`: no shared cluster is known, so that the order would wait. */
  readonly verdict: 'fits' | 'refused' | 'unknown'
  /** What one gets, a line each. */
  readonly facts: readonly string[]
  /** `$1,234 a month`, or what is paid instead. */
  readonly cost: string
  readonly limits?: PlanLimits
  readonly constraints: readonly Constraint[]
  readonly binding?: string | undefined
  /** The largest workload of the same shape, when this one does not fit. */
  readonly largest?: string
}

/** One thing that can run out, with what is used of what may be. */
export interface Bar {
  readonly name: string
  /** 0 to 1, above 1 where it does not fit. */
  readonly share: number
  readonly isBinding: boolean
  /** `859 of 20,000 that may be used; could grow 20 times`. */
  readonly words: string
  readonly source: string
}

/** The levels, the cheapest first. */
export function levelsOf(plan: Plan): readonly LevelView[] {
  const own = ownClusterOf(plan)
  return [
    virtualOf(plan.shared[0]),
    { ...own, level: 'namespace', title: 'Namespace', lead: 'A Kafka of your own in the platform’s Kubernetes.' },
    { ...own, level: 'cluster', title: 'Cluster', lead: 'A Kafka of your own on a Kubernetes cluster of your own.' },
  ]
}

/** What binds first comes first. Replicas do not grow with the workload and are left out. */
export function barsOf({ constraints, binding }: Pick<LevelView, 'constraints' | 'binding'>): readonly Bar[] {
  return constraints
    .filter(({ unit, name }) => unit !== 'brokers' || name === binding)
    .toSorted((a, b) => Number(b.name === binding) - Number(a.name === binding) || b.share - a.share)
    .map((constraint) => ({
      name: constraint.name,
      share: constraint.share,
      isBinding: constraint.name === binding,
      words: wordsFor(constraint),
      source: constraint.source,
    }))
}

/** What is promised, as pairs of word and value. */
export function limitsOf(limits: PlanLimits): readonly { readonly label: string; readonly value: string }[] {
  return [
    { label: 'Produce', value: formatRate(limits.produceBytesPerSecond) },
    { label: 'Consume', value: formatRate(limits.consumeBytesPerSecond) },
    { label: 'Stored', value: formatSize(limits.storageBytes) },
    { label: 'Partitions', value: limits.partitions.toLocaleString('en') },
    { label: 'Connections', value: limits.connections.toLocaleString('en') },
    { label: 'Users', value: limits.users.toLocaleString('en') },
    ...perSecond('Requests', limits.requestsPerSecond),
    ...perSecond('New connections', limits.connectionsPerSecond),
  ]
}

/** What gateways hold; a Kafka of its own has none of it. */
function perSecond(label: string, value: number | undefined): readonly { readonly label: string; readonly value: string }[] {
  return value === undefined ? [] : [{ label, value: `${value.toLocaleString('en')}/s` }]
}

function virtualOf(shared: SharedPlan | undefined): LevelView {
  const level = {
    level: 'virtual',
    title: 'Virtual',
    lead: 'Topics, users and limits of your own on a shared Kafka. Ready in seconds.',
  } as const
  if (shared === undefined) {
    const facts = ['No shared cluster is known yet: the order would wait for one.']
    return { ...level, verdict: 'unknown', facts, cost: '', constraints: [] }
  }
  const { kind, cluster, limits, constraints, binding, largest } = shared
  return {
    ...level,
    verdict: kind,
    facts: [`On the cluster “${cluster}”`],
    cost: kind === 'fits' ? 'Shared machines' : '',
    limits,
    constraints,
    binding,
    ...(largest !== undefined && { largest: workloadWords(largest) }),
  }
}

function ownClusterOf({ dedicated }: Plan): Omit<LevelView, 'level' | 'title' | 'lead'> {
  const { limits, constraints, binding } = dedicated
  if (dedicated.kind === 'refused') {
    const { largest } = dedicated
    const facts = ['No machine of the catalogue holds it.']
    return {
      verdict: 'refused',
      facts,
      cost: '',
      limits,
      constraints,
      binding,
      ...(largest !== undefined && { largest: workloadWords(largest) }),
    }
  }
  const { brokers, broker, zones, replicationFactor, cost } = dedicated
  return {
    verdict: 'fits',
    facts: [
      `${counted(brokers, 'broker')} ${broker.instance} over ${counted(zones, 'zone')}`,
      `${broker.cores} cores, ${formatBinarySize(broker.memoryBytes)} memory, ${formatBinarySize(broker.diskBytes)} disk each`,
      `${replicationFactor} copies of every record`,
    ],
    cost: `about ${formatMoney(cost.total)} a month`,
    limits,
    constraints,
    binding,
  }
}

function wordsFor(constraint: Constraint): string {
  const { demand, taken, capacity, target, headroom } = constraint
  const used = taken === 0 ? '' : ` beside ${amount(taken, constraint)} of others`
  const room = headroom >= 1 ? `; could grow ${grows(headroom)} times` : '; does not fit'
  return `${amount(demand, constraint)}${used}, of ${amount(capacity * target, constraint)} that may be used${room}`
}

function grows(times: number): string {
  return String(Number(times.toPrecision(times >= 10 ? 2 : 1)))
}

function amount(value: number, { unit }: Pick<Constraint, 'unit'>): string {
  switch (unit) {
    case 'bytesPerSecond':
      return formatRate(value)
    case 'bytes':
      return formatSize(value)
    case 'cores':
      return `${Number(value.toPrecision(2))} cores`
    case 'partitions':
    case 'connections':
    case 'brokers':
      return Math.round(value).toLocaleString('en')
    default:
      return unit satisfies never
  }
}

function workloadWords(workload: NonNullable<SharedPlan['largest']>): string {
  return `${formatRate(workload.produceBytesPerSecond)} in and ${formatRate(workload.consumeBytesPerSecond)} out`
}

/** `at 4.3 % of what may be used`: how near the binding constraint is. */
export function bindingWords({ share, name }: Bar): string {
  return `${name}, at ${formatShare(share)} of what may be used`
}
