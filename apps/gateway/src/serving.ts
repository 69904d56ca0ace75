// SPDX-License-Identifier: Apache-2.0
/**
 * What a logged-in client gets: its requests go through the pipeline to its broker, one after the other, and what steps ask
 * for is done on its behalf. Sockets and states are in `client-connection.ts`.
 */
import type { SnapshotCluster, SnapshotTenant } from '@kaas/domain'
import { asKaasError, KaasError } from '@kaas/errors'
import { type Api, apiOf, type RequestHeader, type RequestInput, type ResponseOf } from '@kaas/kafka-protocol'
import type { TenantAllowance } from './allowance/tenant-allowance.ts'
import { type ApiCounts, add, placeOf } from './api-traffic.ts'
import { kafkaRefusalSeen, type RefusedUser } from './audit/kafka-refusal-seen.ts'
import type { BrokerConnection } from './broker-connection.ts'
import { errorKindOf } from './error-kinds.ts'
import { Exchange, type Session } from './exchange.ts'
import type { Arrival, GatewayParts } from './gateway-parts.ts'
import { noWay, type Passing, type Pipeline, type Sent, type Way } from './pipeline.ts'
import type { ReadGate } from './read-gate.ts'
import type { ResponseLine } from './response-line.ts'
import { type Identity, isExternalUser } from './sasl/log-in.ts'
import type { Endpoint } from './step.ts'
import type { TenantTelemetry } from './telemetry/tenant-telemetry.ts'

const KEY_OFFSET = 4

/** Why a client is not read. */
export type HoldReason = 'step' | 'logIn' | 'brokerSlow' | 'clientSlow' | 'lineFull' | 'draining' | 'throttled'

/** What serving needs of the connection it belongs to. */
export interface ServedConnection {
  readonly arrival: Arrival
  readonly gate: ReadGate<HoldReason>
  readonly line: ResponseLine
  fail(error: KaasError): void
}

/** The way of one client's requests, from the log-in to the end. */
export class Serving implements Session {
  readonly user: string
  readonly pipeline: Pipeline
  readonly broker: BrokerConnection
  readonly allowance: TenantAllowance
  readonly telemetry: TenantTelemetry
  readonly memory = new Map<string, unknown>()
  readonly #parts: GatewayParts
  readonly #identity: Identity
  readonly #connection: ServedConnection
  readonly #counts: ApiCounts
  /** A request that passes in pieces, until its first piece has come. */
  #passing: (Passing & { readonly way: Way }) | undefined

  constructor(
    parts: GatewayParts,
    identity: Identity,
    broker: BrokerConnection,
    connection: ServedConnection,
    counts: ApiCounts,
  ) {
    this.user = identity.user
    this.pipeline = parts.pipeline
    this.broker = broker
    this.allowance = parts.allowances.of(identity.tenant, Date.now())
    this.telemetry = parts.traffic.of(identity.tenant.name).telemetry
    this.#parts = parts
    this.#identity = identity
    this.#connection = connection
    this.#counts = counts
  }

  /** As the snapshot has it now: limits may have changed since the log-in. */
  get tenant(): SnapshotTenant {
    return this.#parts.snapshot.tenant(this.#identity.tenant.name) ?? this.#identity.tenant
  }

  /** Whether the user may still be served: who logged in by certificate or bearer token must still be listed for it. */
  get isListed(): boolean {
    const { proof } = this.#identity
    return proof === undefined || isExternalUser(this.tenant, this.user, proof.kind)
  }

  /** Sends one request on its way. `frame` begins with its length. The client is not read while a step waits. */
  forward(header: RequestHeader, frame: Buffer): void {
    const way = this.pipeline.wayOf(header.apiKey, header.apiVersion)
    if (way === undefined) {
      const error = noWay(header.apiKey, header.apiVersion)
      this.noteRefusal(error.code, error.message, header.apiKey)
      this.fail(error)
      return
    }
    const exchange = new Exchange(this, way, header, this.#connection.line.join())
    const sent = this.pipeline.send(way, exchange, header, frame)
    if (!(sent instanceof Promise)) {
      this.#finish(exchange, sent)
      return
    }
    const { gate } = this.#connection
    gate.hold('step')
    sent
      .then((late) => {
        this.#finish(exchange, late)
        gate.release('step')
      })
      .catch((error) => this.fail(asKaasError(error)))
  }

  /** Whether a request that begins may pass in pieces. If so, its pieces come to `pass`. */
  begins(start: Buffer): boolean {
    const way = this.pipeline.wayOf(start.readInt16BE(KEY_OFFSET), start.readInt16BE(KEY_OFFSET + 2))
    const passing = way === undefined ? undefined : this.pipeline.passing(way, start)
    this.#passing = way === undefined || passing === undefined ? undefined : { ...passing, way }
    return passing !== undefined
  }

  /** Sends the next piece of a request that passes. */
  pass(bytes: Buffer): void {
    const { line, gate } = this.#connection
    const first = this.#passing
    this.#passing = undefined
    if (first === undefined) this.broker.sendMore(bytes)
    else this.broker.send(bytes, first.isAnswered ? new Exchange(this, first.way, first.header, line.join()) : undefined)
    if (!this.broker.isWritable) gate.hold('brokerSlow')
    if (line.length >= this.#parts.limits.requestsInFlight) gate.hold('lineFull')
  }

  advertise(nodeId: number, broker: Endpoint): Endpoint {
    const endpoint = this.#connection.arrival.addressing.endpointOf(this.#identity.tenant.name, nodeId)
    if (endpoint !== undefined && this.#parts.clusters.learn(this.#identity.tenant.cluster, nodeId, broker)) return endpoint
    throw new KaasError('internal-bug', {
      message: `There is no port for the broker with the node id ${nodeId}.`,
      help: 'Choose a lower bootstrap port, or lower node ids for the brokers.',
    })
  }

  answered(apiKey: number, bytes: number, tookMs: number): void {
    const place = placeOf(apiKey)
    add(this.#counts.sent, place, bytes)
    this.#parts.traffic.apis.answered(place, tookMs)
  }

  noteError(code: number, apiKey: number, name: string | undefined): void {
    const kind = errorKindOf(code)
    if (kind === undefined) return
    add(this.#counts.errors[kind], placeOf(apiKey), 1)
    if (kind !== 'not-authorized') return
    const seen = kafkaRefusalSeen(code, name, this.#placeOf(apiKey))
    if (seen !== undefined) this.#parts.journal.note(seen)
  }

  noteRefusal(rule: string, message: string, apiKey: number): void {
    const { id: connection, trace } = this.#connection.arrival
    this.#parts.traffic.countRefusal(rule)
    const place = this.#placeOf(apiKey)
    const action = rule === 'limit-exceeded' ? 'limit' : 'refuse'
    this.#parts.journal.note({ action, outcome: 'denied', rule, message: message.slice(0, 500), ...place })
    this.#parts.log.info({ connection, trace, ...place, rule }, 'a request was refused')
  }

  countForeignName(): void {
    this.#parts.traffic.foreignNames += 1
  }

  ask<A extends Api>(api: A, version: number, request: RequestInput<A>): Promise<ResponseOf<A>> {
    this.broker.gate.release('parked')
    return this.broker.ask(api, version, request)
  }

  askAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#parts.service.ask(clusterOf(this.#parts, this.#identity.tenant), api, request)
  }

  askBrokerAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#parts.service.ask(clusterOf(this.#parts, this.#identity.tenant), api, request, this.broker.address)
  }

  fail(error: KaasError): void {
    this.#connection.fail(error)
  }

  #placeOf(apiKey: number): RefusedUser {
    const api = apiOf(apiKey)?.name ?? `API ${apiKey}`
    const { remote } = this.#connection.arrival
    return { tenant: this.#identity.tenant.name, user: this.user, api, remoteAddress: remote }
  }

  #finish(exchange: Exchange, sent: Sent): void {
    const { line, gate } = this.#connection
    switch (sent.kind) {
      case 'forward':
        if (!sent.isAnswered) exchange.place.leave()
        this.broker.send(sent.frame, sent.isAnswered ? exchange : undefined)
        if (!this.broker.isWritable) gate.hold('brokerSlow')
        break
      case 'reply':
        exchange.answered(sent.frame.length)
        exchange.place.write(sent.frame, true)
        break
      case 'close':
        this.#refuse(exchange.apiKey, sent.reason)
        break
    }
    if (line.length >= this.#parts.limits.requestsInFlight) gate.hold('lineFull')
  }

  #refuse(apiKey: number, reason: string): void {
    const error = new KaasError('not-allowed', { message: `The request was refused: ${reason}.` })
    this.noteRefusal(error.code, error.message, apiKey)
    this.fail(error)
  }
}

/** The cluster of `tenant`. Throws `kafka-unavailable` in the moment between two snapshots when it is gone. */
export function clusterOf(parts: GatewayParts, tenant: SnapshotTenant): SnapshotCluster {
  const cluster = parts.snapshot.cluster(tenant.cluster)
  if (cluster !== undefined) return cluster
  throw new KaasError('kafka-unavailable', { message: `The Kafka cluster "${tenant.cluster}" of this tenant is not known.` })
}
