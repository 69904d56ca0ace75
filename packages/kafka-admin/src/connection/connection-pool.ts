// SPDX-License-Identifier: Apache-2.0
/**
 * A few connections per broker address, opened when needed and again when they ended. A broker works on one request of a connection at a
 * time, and a change takes it tens of milliseconds: several connections let changes of different objects go on side by side.
 */
import { KaasError } from '@kaas/errors'
import type { KafkaConnection } from './kafka-connection.ts'
import type { KafkaCredentials } from './log-in.ts'
import { type ConnectOptions, openKafkaConnection } from './open-kafka-connection.ts'
import { type BrokerAddress, render } from './open-socket.ts'

/** What all connections of a pool have in common. */
export interface PoolSettings extends Omit<ConnectOptions, 'host' | 'port'> {
  /** Most connections to one broker; more than one are opened only under load. */
  readonly connectionsPerBroker: number
}

interface Entry {
  readonly opening: Promise<KafkaConnection>
  /** Set once it is open. */
  connection?: KafkaConnection
}

/** Owns its connections; `close` ends them and refuses new ones. */
export class ConnectionPool {
  readonly #settings: PoolSettings
  readonly #entries = new Map<string, Entry[]>()
  #closed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
  }

  /**
   * The least busy connection to one broker; opened when there is none. Who asks while the first is being opened shares the outcome, a
   * failure included. Throws what `openKafkaConnection` throws.
   */
  async to(address: BrokerAddress): Promise<KafkaConnection> {
    if (this.#closed) throw new KaasError('kafka-unavailable', { message: 'This client is closed.' })
    const entries = this.#live(render(address))
    const open = entries.flatMap(({ connection }) => connection ?? []).sort((a, b) => a.load - b.load)
    const [best] = open
    if (best === undefined) return (entries[0] ?? this.#open(address)).opening
    const isOpening = open.length < entries.length
    if (best.load > 0 && !isOpening && entries.length < this.#settings.connectionsPerBroker) this.#open(address)
    return best
  }

  /**
   * A connection to any of `addresses`, the first of them that can be reached. Throws the first failure when none can: the
   * others are mostly the same, and the first address is the one the user wrote.
   */
  async any(addresses: readonly BrokerAddress[]): Promise<KafkaConnection> {
    let first: unknown
    for (const address of addresses) {
      try {
        return await this.to(address)
      } catch (error) {
        if (error instanceof KaasError && error.code === 'credentials-wrong') throw error
        first ??= error
      }
    }
    throw first ?? new KaasError('config-invalid', { message: 'No bootstrap server is given.' })
  }

  /** A connection that does not belong to the pool, as another user; the caller closes it. */
  openApart(address: BrokerAddress, credentials: KafkaCredentials): Promise<KafkaConnection> {
    return openKafkaConnection({ ...this.#settings, ...address, credentials })
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    this.#closed = true
    const all = [...this.#entries.values()].flat()
    this.#entries.clear()
    await Promise.all(all.map(({ opening }) => opening.then((connection) => connection.close()).catch(() => undefined)))
  }

  /** What is open or being opened; a connection that ended or whose login expires is let go. */
  #live(key: string): readonly Entry[] {
    const entries = this.#entries.get(key) ?? []
    const live = entries.filter(({ connection }) => connection === undefined || connection.usable)
    for (const entry of entries) if (!live.includes(entry) && entry.connection !== undefined) void retire(entry.connection)
    this.#entries.set(key, live)
    return live
  }

  #open(address: BrokerAddress): Entry {
    const key = render(address)
    const entry: Entry = { opening: openKafkaConnection({ ...this.#settings, ...address }) }
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry])
    entry.opening.then(
      (connection) => {
        entry.connection = connection
      },
      () =>
        this.#entries.set(
          key,
          (this.#entries.get(key) ?? []).filter((other) => other !== entry),
        ),
    )
    return entry
  }
}

/** Closes a connection whose login expires, once what is on the way is answered. */
async function retire(connection: KafkaConnection): Promise<void> {
  for (let waits = 0; connection.load > 0 && waits < 100; waits++) await new Promise((resolve) => setTimeout(resolve, 100))
  await connection.close()
}
