// SPDX-License-Identifier: Apache-2.0
/** All listeners of a gateway, and the bound on connections that are not logged in, which they share. */
import type net from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Log } from '@kaas/telemetry'
import { CertificateAlarm } from './certificate-alarm.ts'
import { Listener, type ListenerOwner, type ListenerSettings, type Reached } from './listener.ts'
import type { Rejection } from './rejection.ts'
import { type Stranger, Strangers } from './strangers.ts'

const CROWD_LINE_MS = 1000
const CERTIFICATE_LOOK_MS = 1000

/** What the listeners ask and tell their owner. */
export interface ListenersOwner {
  readonly handshakeTimeoutMs: number
  /** Connections that are not logged in, TLS handshakes included; more are closed at once. */
  readonly unauthenticatedConnections: number
  /** Whether an address may come to a TLS handshake. */
  welcomes(remote: string): boolean
  connected(socket: net.Socket, reached: Reached): void
  rejected(rejection: Rejection, remote: string): void
}

/** Opens, changes and closes listeners, and watches when their certificates end. Owns ports and a timer: call `close`. */
export class Listeners implements ListenerOwner {
  readonly handshakeTimeoutMs: number
  readonly #owner: ListenersOwner
  readonly #strangers: Strangers
  readonly #log: Log
  readonly #nodes = new Set<number>()
  readonly #watch: NodeJS.Timeout
  #open: readonly Listener[] = []
  /** Refusals for want of room since the last line about them, and when that was. */
  #crowd = { unsaid: 0, saidAtMs: Number.NEGATIVE_INFINITY }

  constructor(owner: ListenersOwner, log: Log) {
    this.#owner = owner
    this.#strangers = new Strangers(owner.unauthenticatedConnections)
    this.handshakeTimeoutMs = owner.handshakeTimeoutMs
    this.#log = log
    const alarm = new CertificateAlarm(log)
    this.#watch = setInterval(() => alarm.check(this.certificatesEndAt, Date.now()), CERTIFICATE_LOOK_MS).unref()
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
    clearInterval(this.#watch)
    for (const listener of this.#open) listener.close()
  }

  enter(): Stranger | undefined {
    return this.#strangers.enter()
  }

  welcomes(remote: string): boolean {
    return this.#owner.welcomes(remote)
  }

  connected(socket: net.Socket, reached: Reached): void {
    this.#owner.connected(socket, reached)
  }

  rejected(rejection: Rejection, remote: string): void {
    this.#owner.rejected(rejection, remote)
    const { reason } = rejection
    // The block itself is logged; a line for each attempt would be the attacker's.
    if (rejection.kind === 'blocked') return
    if (rejection.kind === 'crowded') this.#logCrowd(remote, reason)
    else this.#log.info({ remote, reason }, 'a connection was refused')
  }

  /** A flood must not become one of lines: one in a second says how many there were. */
  #logCrowd(remote: string, reason: string): void {
    const nowMs = performance.now()
    const refused = this.#crowd.unsaid + 1
    const isSaid = nowMs - this.#crowd.saidAtMs >= CROWD_LINE_MS
    this.#crowd = isSaid ? { unsaid: 0, saidAtMs: nowMs } : { ...this.#crowd, unsaid: refused }
    if (isSaid) this.#log.info({ remote, reason, refused }, 'connections were refused')
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
