// SPDX-License-Identifier: Apache-2.0
/**
 * The broker's side of one client connection: dialled for the first log-in, anew for each attempt, and ended with the client. What
 * passes over it is `broker-connection.ts`, who dials is `dial-broker.ts`.
 */
import type { SnapshotTenant } from '@kaas/domain'
import type { KaasError } from '@kaas/errors'
import type { BrokerConnection } from './broker-connection.ts'
import { dialBroker } from './dial-broker.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import { handshakeAtBroker, type ScramMechanism } from './sasl/log-in.ts'
import { clusterOf } from './serving.ts'
import type { Endpoint } from './step.ts'

/** What the client's side is told. */
export interface BrokerSideOwner {
  /** The broker takes requests again. */
  readonly drained: () => void
  /** The connection in use has ended. Not told of one that was given up for another. */
  readonly left: (error: KaasError) => void
  /** As `BrokerConnectionOwner.reading`. */
  readonly reading: (isReading: boolean, bytes: number) => void
}

/** At most one connection to a broker at a time. Call `end`. */
export class BrokerSide {
  readonly #parts: GatewayParts
  readonly #arrival: Arrival
  readonly #owner: BrokerSideOwner
  #connection: BrokerConnection | undefined
  #hasEnded = false

  constructor(parts: GatewayParts, arrival: Arrival, owner: BrokerSideOwner) {
    this.#parts = parts
    this.#arrival = arrival
    this.#owner = owner
  }

  /** Undefined before the first log-in, and while one is dialled. */
  get connection(): BrokerConnection | undefined {
    return this.#connection
  }

  /** A fresh connection for a log-in by `mechanism`, as a broker closes after a refusal. Throws what `dialBroker` throws. */
  async dial(tenant: SnapshotTenant, mechanism: ScramMechanism): Promise<BrokerConnection> {
    this.#connection?.end()
    this.#connection = undefined
    const { clusters, limits } = this.#parts
    const cluster = clusterOf(this.#parts, tenant)
    const dial = {
      cluster,
      addresses: clusters.addressesOf(cluster, this.#arrival.nodeId, Date.now()),
      timeoutMs: limits.dialMs,
      greet: (fresh: BrokerConnection, timeoutMs: number) => handshakeAtBroker(fresh, mechanism, timeoutMs),
      away: (address: Endpoint) => clusters.away(address, Date.now()),
    }
    let broker: BrokerConnection | undefined
    broker = await dialBroker(dial, {
      drained: this.#owner.drained,
      ended: (error) => {
        if (broker !== undefined && this.#connection === broker) this.#owner.left(error)
      },
      reading: this.#owner.reading,
    })
    // The client may have left meanwhile.
    if (this.#hasEnded) broker.end()
    else this.#connection = broker
    return broker
  }

  /** What was sent still leaves. Safe to call twice. */
  end(): void {
    this.#hasEnded = true
    this.#connection?.end()
  }
}
