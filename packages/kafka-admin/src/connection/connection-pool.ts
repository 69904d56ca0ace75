// SPDX-License-Identifier: Apache-2.0
/** One connection per broker address, opened when first needed and again when it ended. */
import { KaasError } from '@kaas/errors'
import type { KafkaConnection } from './kafka-connection.ts'
import type { KafkaCredentials } from './log-in.ts'
import { type ConnectOptions, openKafkaConnection } from './open-kafka-connection.ts'
import { type BrokerAddress, render } from './open-socket.ts'

/** What all connections of a pool have in common. */
export type PoolSettings = Omit<ConnectOptions, 'host' | 'port'>

interface Entry {
  readonly opening: Promise<KafkaConnection>
  /** Set once it is open. */
  connection?: KafkaConnection
}

/** Owns its connections; `close` ends them and refuses new ones. */
export class ConnectionPool {
  readonly #settings: PoolSettings
  readonly #entries = new Map<string, Entry>()
  #closed = false

  constructor(settings: PoolSettings) {
    this.#settings = settings
  }

  /**
   * The connection to one broker; opened when there is none. Who asks while it is being opened shares the outcome, a failure
   * included. Throws what `openKafkaConnection` throws.
   */
  async to(address: BrokerAddress): Promise<KafkaConnection> {
    if (this.#closed) throw new KaasError('kafka-unavailable', { message: 'This client is closed.' })
    const key = render(address)
    const known = this.#entries.get(key)
    if (known !== undefined && (known.connection === undefined || known.connection.usable)) return known.opening
    const entry: Entry = { opening: openKafkaConnection({ ...this.#settings, ...address }) }
    this.#entries.set(key, entry)
    if (known?.connection !== undefined) void retire(known.connection)
    try {
      entry.connection = await entry.opening
      return entry.connection
    } catch (error) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw error
    }
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
    const all = [...this.#entries.values()]
    this.#entries.clear()
    await Promise.all(all.map(({ opening }) => opening.then((connection) => connection.close()).catch(() => undefined)))
  }
}

/** Closes a connection whose login expires, once what is on the way is answered. */
async function retire(connection: KafkaConnection): Promise<void> {
  for (let waits = 0; connection.load > 0 && waits < 100; waits++) await new Promise((resolve) => setTimeout(resolve, 100))
  await connection.close()
}
