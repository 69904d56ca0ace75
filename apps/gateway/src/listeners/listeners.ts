// SPDX-License-Identifier: Apache-2.0
/** All listeners of a gateway, and the bound on connections that are not logged in, which they share. */
import type net from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Log } from '@kaas/telemetry'
import { Listener, type ListenerOwner, type ListenerSettings, type Reached } from './listener.ts'
import type { Rejection } from './rejection.ts'

/** What the listeners ask and tell their owner. */
export interface ListenersOwner {
  readonly handshakeTimeoutMs: number
  /** Pending and unauthenticated connections; more are closed at once. */
  readonly unauthenticatedConnections: number
  /** Connections that are not logged in, without those in their TLS handshake. */
  unauthenticated(): number
  connected(socket: net.Socket, reached: Reached): void
  rejected(rejection: Rejection): void
}

/** Opens, changes and closes listeners. Owns them: call `close`. */
export class Listeners implements ListenerOwner {
  readonly handshakeTimeoutMs: number
  readonly #owner: ListenersOwner
  readonly #log: Log
  readonly #nodes = new Set<number>()
  #open: readonly Listener[] = []
  #handshaking = 0

  constructor(owner: ListenersOwner, log: Log) {
    this.#owner = owner
    this.handshakeTimeoutMs = owner.handshakeTimeoutMs
    this.#log = log
  }

  /** When the first certificate of each listener ends, by the listener's name. */
  get certificatesEndAt(): ReadonlyMap<string, Date> {
    return new Map(this.#open.map((listener) => [listener.settings.name, listener.certificatesEndAt]))
  }

  /**
   * Makes the open listeners those of `settings`: renews certificates where only they differ, opens new ones, then closes those that
   * are gone; connections that are open stay open. Resolves with the bootstrap ports by name. Throws `port-taken` and
   * `config-invalid`; what was open before then stays as it was.
   */
  async apply(settings: readonly ListenerSettings[]): Promise<ReadonlyMap<string, number>> {
    const same = (listener: Listener) => settings.find((each) => isSamePlace(each, listener.settings))
    const kept = this.#open.filter((listener) => same(listener) !== undefined)
    const gone = this.#open.filter((listener) => same(listener) === undefined)
    const fresh = settings
      .filter((each) => !kept.some((listener) => isSamePlace(each, listener.settings)))
      .map((each) => new Listener(each, this, this.#log))
    for (const listener of kept) listener.renew(same(listener) ?? listener.settings)
    // A port that moves from one listener to another can be bound only when the first has let it go.
    for (const listener of gone) listener.close()
    try {
      return await this.#openAll(kept, fresh)
    } catch (error) {
      await this.#openAll(
        kept,
        gone.map(({ settings }) => new Listener(settings, this, this.#log)),
      )
      throw error
    }
  }

  async #openAll(kept: readonly Listener[], fresh: readonly Listener[]): Promise<ReadonlyMap<string, number>> {
    const ports = new Map<string, number>()
    try {
      for (const listener of fresh) ports.set(listener.settings.name, await listener.open())
    } catch (error) {
      for (const listener of fresh) listener.close()
      throw error
    }
    this.#open = [...kept, ...fresh]
    for (const nodeId of this.#nodes) for (const listener of fresh) void listener.openNode(nodeId)
    return ports
  }

  /** A broker node is known: listeners that have a port for each open it. */
  openNode(nodeId: number): void {
    this.#nodes.add(nodeId)
    for (const listener of this.#open) void listener.openNode(nodeId)
  }

  /** Stops accepting. Connections that are open stay open. */
  close(): void {
    for (const listener of this.#open) listener.close()
  }

  admit(): boolean {
    if (this.#handshaking + this.#owner.unauthenticated() >= this.#owner.unauthenticatedConnections) return false
    this.#handshaking += 1
    return true
  }

  settled(): void {
    this.#handshaking -= 1
  }

  connected(socket: net.Socket, reached: Reached): void {
    this.#owner.connected(socket, reached)
  }

  rejected(rejection: Rejection, remote: string): void {
    this.#owner.rejected(rejection)
    this.#log.info({ remote, reason: rejection.reason }, 'a connection was refused')
  }
}

/** Whether all but the certificates is equal, and clients show some in both or in neither. */
function isSamePlace(one: ListenerSettings, other: ListenerSettings): boolean {
  const placeOf = (settings: ListenerSettings) => ({
    ...settings,
    certificates: [],
    clientCertificates: settings.clientCertificates !== undefined,
  })
  return isDeepStrictEqual(placeOf(one), placeOf(other))
}
