// SPDX-License-Identifier: Apache-2.0
/**
 * The metrics of several processes as one page. What a process counted stays counted when it ends: a sum that fell would look
 * like a restart to Prometheus, and the counts of the others would be added once more.
 */
import { AggregatorRegistry } from 'prom-client'
import type { ProcessMetrics } from './messages.ts'

/** Kinds that only ever grow. */
const GROWING: ReadonlySet<string> = new Set(['counter', 'histogram'])
/** A process that is gone has no processor time and no memory to be added up. */
const OF_THE_PROCESS = /^(process|nodejs)_/

/** Sums over processes that come and go. */
export class SummedMetrics {
  readonly #last = new Map<number, ProcessMetrics>()
  #gone: ProcessMetrics = []

  /** What a process shows now. */
  take(process: number, metrics: ProcessMetrics): void {
    this.#last.set(process, metrics)
  }

  /** A process has ended: what it last showed to have counted is kept. */
  async ended(process: number): Promise<void> {
    const counted = (this.#last.get(process) ?? []).filter(
      ({ name, type }) => GROWING.has(String(type)) && !OF_THE_PROCESS.test(name),
    )
    this.#last.delete(process)
    this.#gone = await summed([this.#gone, counted]).getMetricsAsJSON()
  }

  /** The page: each metric once, `own` being what the supervisor itself shows. */
  render(own: ProcessMetrics): Promise<string> {
    return summed([own, ...this.#last.values(), this.#gone]).metrics()
  }
}

function summed(all: readonly ProcessMetrics[]) {
  return AggregatorRegistry.aggregate(all.map((metrics) => [...metrics]))
}
