// SPDX-License-Identifier: Apache-2.0
/** What a cluster comes to, over its brokers and capacities. Pure. */
import type { ClusterView } from '@kaas/http-contract'

/** Sums over the brokers. `bytes` is absent while a broker does not tell. */
export interface ClusterSums {
  readonly replicas: number
  readonly partitions: number
  readonly underReplicated: number
  readonly bytes: number | undefined
}

/** A partition has one leader, so leaders count partitions. */
export function sumsOf({ brokers }: ClusterView): ClusterSums {
  const sum = (of: (broker: ClusterView['brokers'][number]) => number) =>
    brokers.reduce((all, broker) => all + of(broker), 0)
  return {
    replicas: sum(({ partitions }) => partitions),
    partitions: sum(({ leaders }) => leaders),
    underReplicated: sum(({ underReplicated }) => underReplicated),
    bytes: brokers.some(({ bytes }) => bytes === undefined) ? undefined : sum(({ bytes }) => bytes ?? 0),
  }
}

/** The share of the capacity that is given away most, 0 to 1 and more; undefined where no capacity is stated. */
export function highestShare({ capacity }: ClusterView): { readonly what: string; readonly share: number } | undefined {
  const shares = capacity.flatMap(({ what, used, capacity: stated }) =>
    stated === undefined || stated <= 0 ? [] : [{ what, share: used / stated }],
  )
  return shares.sort((a, b) => b.share - a.share)[0]
}
