// SPDX-License-Identifier: Apache-2.0
/**
 * Where the brokers of every physical cluster listen: what the snapshot says, and what answers that pass by teach. Addresses
 * only; opening connections is `dial-broker.ts`.
 */
import type { SnapshotCluster } from '@kaas/domain'
import type { Endpoint } from './step.ts'

/** Brokers learned per cluster beyond this are not kept: a broken answer cannot fill the memory or the port range. */
const MOST_BROKERS_LEARNED = 1000

/** How long an address that did not answer comes last where there are others, in milliseconds. */
const AWAY_MS = 15_000

/** Addresses by cluster and node id. */
export class ClusterDirectory {
  readonly #learned = new Map<string, Map<number, Endpoint>>()
  readonly #onNode: (nodeId: number) => void
  /** Until when an address is taken for silent, by `host:port`. */
  readonly #awayUntilMs = new Map<string, number>()
  #turn = 0

  /** `onNode` is told every node id when it is seen first in some cluster, so that listeners can open its port. */
  constructor(onNode: (nodeId: number) => void) {
    this.#onNode = onNode
  }

  /** Takes the brokers that a new snapshot names and forgets clusters that are gone. */
  update(clusters: readonly SnapshotCluster[]): void {
    const names = new Set(clusters.map((cluster) => cluster.name))
    for (const name of this.#learned.keys()) if (!names.has(name)) this.#learned.delete(name)
    for (const cluster of clusters) {
      for (const broker of cluster.brokers) this.learn(cluster.name, broker.nodeId, broker)
    }
  }

  /** Remembers where a broker says it listens. False when it cannot be kept. */
  learn(cluster: string, nodeId: number, { host, port }: Endpoint): boolean {
    const brokers = this.#learned.get(cluster) ?? new Map<number, Endpoint>()
    this.#learned.set(cluster, brokers)
    const known = brokers.get(nodeId)
    if (known?.host === host && known.port === port) return true
    if (known === undefined && brokers.size >= MOST_BROKERS_LEARNED) return false
    brokers.set(nodeId, { host, port })
    if (known === undefined) this.#onNode(nodeId)
    return true
  }

  /** The node ids seen in any cluster. */
  nodes(): ReadonlySet<number> {
    return new Set([...this.#learned.values()].flatMap((brokers) => [...brokers.keys()]))
  }

  /**
   * Addresses to try in order. For a known node its own; otherwise the bootstrap servers, starting with another one each
   * time, and those that did not answer last. A client on the port of an unknown node gets any broker: its answers teach the client
   * and us where the node is.
   */
  addressesOf(cluster: SnapshotCluster, nodeId: number | undefined, nowMs: number): readonly Endpoint[] {
    const node = nodeId === undefined ? undefined : this.#learned.get(cluster.name)?.get(nodeId)
    if (node !== undefined) return [node]
    const all = cluster.bootstrapServers.map(parseAddress)
    this.#turn = (this.#turn + 1) % all.length
    const inTurn = [...all.slice(this.#turn), ...all.slice(0, this.#turn)]
    const isAway = (each: Endpoint): boolean => (this.#awayUntilMs.get(keyOf(each)) ?? 0) > nowMs
    return [...inTurn.filter((each) => !isAway(each)), ...inTurn.filter(isAway)]
  }

  /** Somebody found that there is no answer at an address: for some seconds others are tried before it. */
  away(address: Endpoint, nowMs: number): void {
    for (const [key, untilMs] of this.#awayUntilMs) if (untilMs <= nowMs) this.#awayUntilMs.delete(key)
    this.#awayUntilMs.set(keyOf(address), nowMs + AWAY_MS)
  }
}

function keyOf({ host, port }: Endpoint): string {
  return `${host}:${port}`
}

/** `host:port` or `[v6]:port`. The control plane checks these; what still has no port gets Kafka's usual one. */
function parseAddress(text: string): Endpoint {
  const match = /^\[?(.+?)\]?:(\d+)$/.exec(text)
  return match === null ? { host: text, port: 9092 } : { host: match[1] ?? text, port: Number(match[2]) }
}
