// SPDX-License-Identifier: Apache-2.0
/** The shapes of metrics that are read when somebody asks for the page: the counts themselves are plain numbers elsewhere. */
import { type Aggregator, Counter, Gauge, type Registry } from 'prom-client'

/** `aggregator`: what several processes of one gateway show together. */
export function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number,
  aggregator: Aggregator = 'sum',
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    aggregator,
    collect() {
      this.set(read())
    },
  })
}

/** A count over all labels, as it is now. */
export function total(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset()
      this.inc(read())
    },
  })
}

/** A count by several labels; `read` gives each once. */
export function labelled(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly string[],
  read: () => readonly (readonly [Readonly<Record<string, string>>, number])[],
): void {
  new Counter({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset()
      for (const [labels, count] of read()) this.inc(labels, count)
    },
  })
}

/** A count by one label. */
export function counts(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  read: () => readonly (readonly [string, number])[],
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset()
      for (const [value, count] of read()) this.inc({ [label]: value }, count)
    },
  })
}

/** A number by tenant that may fall, with `read` giving each tenant once. */
export function gaugeByTenant(
  registry: Registry,
  name: string,
  help: string,
  read: () => readonly (readonly [string, number])[],
): void {
  new Gauge({
    name,
    help,
    labelNames: ['tenant'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [tenant, count] of read()) this.set({ tenant }, count)
    },
  })
}
