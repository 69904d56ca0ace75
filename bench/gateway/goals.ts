// SPDX-License-Identifier: Apache-2.0
/** The goals of the design that this benchmark can judge, each with what was measured. Pure. */

/** What was measured, medians of the rounds; paths by name. */
export interface Measured {
  of(path: string, measure: string): number
  readonly idleKib: number
  readonly memory10k: number
  readonly peakMegabytes: number
  readonly kroxyliciousMegabytes: number
}

const OURS = 'gateway, TLS in'
const COSTS = ['steady cpu', 'produce cpu', 'fetch cpu'] as const
const TLS_PEERS = ['HAProxy, TLS in', 'nginx, TLS in', 'Kroxylicious, TLS in'] as const

/** Rows of a table: the goal, what was measured, and whether it is met. */
export function goalRows(measured: Measured): string[][] {
  const { of, idleKib, memory10k, peakMegabytes, kroxyliciousMegabytes } = measured
  const ratios = COSTS.map((cost) => of(OURS, cost) / of('HAProxy, TLS in', cost))
  const below = COSTS.map((cost) => of(OURS, cost) / of('Kroxylicious, TLS in', cost))
  const rates = ['produce rate', 'fetch rate'].map((rate) => of(OURS, rate) / of('direct, plain', rate))
  const added = ['probe p50', 'probe p99'].map((probe) => of(OURS, probe) - of('direct, plain', probe))
  const [p50 = Number.NaN, p99 = Number.NaN] = added
  const quarter = kroxyliciousMegabytes / 4
  return [
    row(
      'processor time ÷ HAProxy, TLS in: at most 1.2 (steady, produce, fetch)',
      listOf(ratios),
      Math.max(...ratios) <= 1.2,
    ),
    row('processor time ÷ Kroxylicious, TLS in: below 1', listOf(below), Math.max(...below) < 1),
    row(
      'throughput ÷ direct: at least 0.95, with cores of their own (here all share them)',
      listOf(rates),
      Math.min(...rates) >= 0.95,
    ),
    row('added latency: p50 at most 0.3 ms, p99 at most 1 ms', `${listOf(added)} ms`, p50 <= 0.3 && p99 <= 1),
    row('idle TLS connection with its broker connection: at most 64 KiB', `${idleKib.toFixed(0)} KiB`, idleKib <= 64),
    row(
      'memory under load: a quarter of Kroxylicious',
      `${peakMegabytes.toFixed(0)} of ${kroxyliciousMegabytes.toFixed(0)} MB`,
      peakMegabytes <= quarter,
    ),
    row('10,000 tenants: at most 300 MB', `${memory10k.toFixed(0)} MB`, memory10k <= 300),
  ]
}

/** Processor time of ours divided by that of each peer with TLS in. */
export function ratioRows({ of }: Measured): string[][] {
  return TLS_PEERS.map((peer) => [`÷ ${peer}`, ...COSTS.map((cost) => (of(OURS, cost) / of(peer, cost)).toFixed(2))])
}

function listOf(numbers: readonly number[]): string {
  return numbers.map((each) => each.toFixed(2)).join(', ')
}

function row(goal: string, measured: string, isMet: boolean): string[] {
  return [goal, measured, isMet ? 'met' : 'missed']
}
