// SPDX-License-Identifier: Apache-2.0
/**
 * Chooses the broker for a request and tries again when Kafka says "not me" or "not now". Holds one connection per broker,
 * opened when first needed. Verbs (`verbs/*.ts`) know the messages; this file knows none of their meaning.
 */
import { KaasError } from '@kaas/errors'
import { type Api, findCoordinator, metadata, type RequestInput, type ResponseOf } from '@kaas/kafka-protocol'
import { ConnectionPool } from './connection/connection-pool.ts'
import type { KafkaConnection } from './connection/kafka-connection.ts'
import type { KafkaCredentials } from './connection/log-in.ts'
import { type BrokerAddress, type ClientTls, parseBrokerAddress } from './connection/open-socket.ts'
import { kafkaError } from './kafka-error.ts'

/** A cluster, and as whom to administer it. */
export interface KafkaClientOptions {
  /** `host:port` of any brokers; the others are learnt from them. */
  readonly bootstrapServers: readonly string[]
  readonly tls?: ClientTls
  readonly credentials?: KafkaCredentials
  /** `kaas-admin` when absent. */
  readonly clientId?: string
  /** For one verb, trying again included. 15 s when absent. */
  readonly callTimeoutMs?: number
  /** For one connection, login included. 5 s when absent. */
  readonly connectTimeoutMs?: number
}

/** Which broker a request must go to. `any` takes one that is connected, or the first that can be. */
export type Route =
  | { readonly kind: 'any' }
  | { readonly kind: 'controller' }
  | { readonly kind: 'broker'; readonly nodeId: number }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'transactionalId'; readonly transactionalId: string }

/** What may differ from request to request. */
export interface AskOptions {
  /** The highest common version when absent. For verbs whose newest versions know ids in place of names. */
  readonly version?: number
}

/**
 * NOT_CONTROLLER, NOT_COORDINATOR, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, CONCURRENT_TRANSACTIONS,
 * THROTTLING_QUOTA_EXCEEDED.
 */
const TRY_AGAIN = new Set([41, 16, 14, 15, 51, 89])
/** Lost connections are met by another broker or a new connection this often; a cluster that is away is told soon. */
const MOST_LOST_CONNECTIONS = 2
/** Changes that one broker works on side by side. */
const CONNECTIONS_PER_BROKER = 4
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 1000
const COORDINATOR_NOT_AVAILABLE = 15
const GROUP_KEY = 0
const TRANSACTION_KEY = 1

/** Talks to one cluster. Owns its connections: `close` ends them. */
export class KafkaClient {
  readonly #pool: ConnectionPool
  readonly #bootstrap: readonly BrokerAddress[]
  readonly #callTimeoutMs: number
  #brokers = new Map<number, BrokerAddress>()
  #controllerId: number | undefined

  constructor(options: KafkaClientOptions) {
    this.#bootstrap = options.bootstrapServers.map(parseBrokerAddress)
    this.#callTimeoutMs = options.callTimeoutMs ?? 15_000
    this.#pool = new ConnectionPool({
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
      clientId: options.clientId ?? 'kaas-admin',
      connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
      requestTimeoutMs: this.#callTimeoutMs,
      connectionsPerBroker: CONNECTIONS_PER_BROKER,
    })
  }

  /** Milliseconds a broker may take for a change; goes into requests that carry a timeout of their own. */
  get brokerTimeoutMs(): number {
    return Math.max(1000, this.#callTimeoutMs - 2000)
  }

  /**
   * The answer to one request, from the broker that `route` names. Tries again within the call's time while Kafka answers that
   * another broker is in charge, that it is loading or that it throttles; a change whose connection was lost is sent once
   * more, so every change must bear being made twice. Throws what `KafkaConnection.request` throws; error codes other than
   * those above are the verb's to read.
   */
  async ask<A extends Api>(
    api: A,
    message: RequestInput<A>,
    route: Route = { kind: 'any' },
    options: AskOptions = {},
  ): Promise<ResponseOf<A>> {
    const deadlineMs = Date.now() + this.#callTimeoutMs
    let pauseMs = FIRST_PAUSE_MS
    let lost = 0
    for (;;) {
      const attempt = await this.#attempt(api, message, route, deadlineMs, options)
      if (attempt.kind === 'answer') return attempt.response
      if (attempt.kind === 'lost') lost += 1
      const waitMs = Math.max(pauseMs * (0.5 + Math.random()), attempt.throttleMs)
      if (lost > MOST_LOST_CONNECTIONS || Date.now() + waitMs > deadlineMs) throw attempt.problem
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  /**
   * Like `ask`, for what must not happen twice: sent once, and what is lost is lost. Throws the refusal that `ask` would meet by trying
   * again.
   */
  async askOnce<A extends Api>(api: A, message: RequestInput<A>, route: Route): Promise<ResponseOf<A>> {
    const attempt = await this.#attempt(api, message, route, Date.now() + this.#callTimeoutMs, {})
    if (attempt.kind !== 'answer') throw attempt.problem
    return attempt.response
  }

  /** The ids of all brokers, read anew. */
  async brokerIds(): Promise<readonly number[]> {
    await this.#learn(Date.now() + this.#callTimeoutMs)
    return [...this.#brokers.keys()]
  }

  /** A connection of its own for another user, to any broker; the caller closes it. Throws what `openKafkaConnection` throws. */
  async connectAs(credentials: KafkaCredentials): Promise<KafkaConnection> {
    const reachable = await this.#pool.any([...this.#bootstrap, ...this.#brokers.values()])
    return this.#pool.openApart(reachable.address, credentials)
  }

  /** Ends all connections; calls on the way are rejected with `kafka-unavailable`. */
  async close(): Promise<void> {
    await this.#pool.close()
  }

  async #attempt<A extends Api>(
    api: A,
    message: RequestInput<A>,
    route: Route,
    deadlineMs: number,
    options: AskOptions,
  ): Promise<Attempt<ResponseOf<A>>> {
    try {
      const connection = await this.#connectionFor(route, deadlineMs)
      const response = await connection.request(api, message, {
        ...options,
        timeoutMs: Math.max(1, deadlineMs - Date.now()),
      })
      const code = commonRefusal(response)
      if (code === undefined) return { kind: 'answer', response }
      this.#controllerId = undefined
      return { kind: 'later', problem: kafkaError(code, api.name), throttleMs: throttleOf(response) }
    } catch (error) {
      if (error instanceof NobodyInCharge) return { kind: 'later', problem: error.problem, throttleMs: 0 }
      if (!(error instanceof KaasError) || error.code !== 'kafka-unavailable') throw error
      this.#controllerId = undefined
      return { kind: 'lost', problem: error, throttleMs: 0 }
    }
  }

  async #connectionFor(route: Route, deadlineMs: number): Promise<KafkaConnection> {
    switch (route.kind) {
      case 'any':
        return this.#pool.any([...this.#bootstrap, ...this.#brokers.values()])
      case 'controller':
        if (this.#controllerId === undefined) await this.#learn(deadlineMs)
        return this.#toBroker(this.#controllerId ?? -1, deadlineMs)
      case 'broker':
        return this.#toBroker(route.nodeId, deadlineMs)
      case 'group':
        return this.#toBroker(await this.#coordinatorOf(GROUP_KEY, route.groupId, deadlineMs), deadlineMs)
      case 'transactionalId':
        return this.#toBroker(await this.#coordinatorOf(TRANSACTION_KEY, route.transactionalId, deadlineMs), deadlineMs)
      default:
        return route satisfies never
    }
  }

  async #toBroker(nodeId: number, deadlineMs: number): Promise<KafkaConnection> {
    if (!this.#brokers.has(nodeId)) await this.#learn(deadlineMs)
    const address = this.#brokers.get(nodeId)
    if (address !== undefined) return this.#pool.to(address)
    throw new KaasError('kafka-unavailable', { message: `The cluster has no running broker ${nodeId}.` })
  }

  /** Asks for the brokers and the controller. In KRaft any broker takes controller requests and passes them on (KIP-590). */
  async #learn(deadlineMs: number): Promise<void> {
    const connection = await this.#pool.any([...this.#bootstrap, ...this.#brokers.values()])
    const request = { topics: [], allowAutoTopicCreation: false }
    const answer = await connection.request(metadata, request, { timeoutMs: Math.max(1, deadlineMs - Date.now()) })
    this.#brokers = new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]))
    this.#controllerId = this.#brokers.has(answer.controllerId) ? answer.controllerId : answer.brokers[0]?.nodeId
  }

  async #coordinatorOf(keyType: number, key: string, deadlineMs: number): Promise<number> {
    const connection = await this.#pool.any([...this.#bootstrap, ...this.#brokers.values()])
    const request = { keyType, coordinatorKeys: [key] }
    const answer = await connection.request(findCoordinator, request, { timeoutMs: Math.max(1, deadlineMs - Date.now()) })
    const found = answer.coordinators[0]
    if (found?.errorCode === 0) return found.nodeId
    const problem = kafkaError(found?.errorCode ?? COORDINATOR_NOT_AVAILABLE, `find coordinator of ${key}`)
    throw TRY_AGAIN.has(found?.errorCode ?? COORDINATOR_NOT_AVAILABLE) ? new NobodyInCharge(problem) : problem
  }
}

/** Kafka has no coordinator yet, as while it makes its topic for groups: it is asked again, and no connection was lost. */
class NobodyInCharge extends Error {
  readonly problem: KaasError

  constructor(problem: KaasError) {
    super(problem.message)
    this.problem = problem
  }
}

type Attempt<T> =
  | { readonly kind: 'answer'; readonly response: T }
  | { readonly kind: 'later' | 'lost'; readonly problem: KaasError; readonly throttleMs: number }

/**
 * The error code to try again for: at the top of the answer, or the same kind in every item of its first list. An answer with some
 * items done is the verb's to read.
 */
function commonRefusal(response: object): number | undefined {
  const top = 'errorCode' in response ? response.errorCode : 0
  if (typeof top === 'number' && TRY_AGAIN.has(top)) return top
  const items: unknown = Object.values(response).find((value) => Array.isArray(value) && value.length > 0)
  const codes = Array.isArray(items) ? items.map((item: { errorCode?: number } | null) => item?.errorCode ?? 0) : []
  return codes.length > 0 && codes.every((code) => TRY_AGAIN.has(code)) ? codes[0] : undefined
}

function throttleOf(response: object): number {
  return 'throttleTimeMs' in response && typeof response.throttleTimeMs === 'number' ? response.throttleTimeMs : 0
}
