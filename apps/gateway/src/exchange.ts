// SPDX-License-Identifier: Apache-2.0
/**
 * One exchange: a client's request, what steps see of it, and its response on the way back to the client's place in line.
 */

import type { SnapshotTenant } from '@kaas/domain'
import { asKaasError, type KaasError } from '@kaas/errors'
import type { Api, RequestHeader, RequestInput, ResponseOf } from '@kaas/kafka-protocol'
import type { TenantAllowance } from './allowance/tenant-allowance.ts'
import type { ResponseTaker } from './broker-connection.ts'
import { type Delivery, LENGTH_BYTES } from './frame-splitter.ts'
import { type Pipeline, restoreCorrelationId, type Way } from './pipeline.ts'
import type { Place } from './response-line.ts'
import type { Endpoint, StepContext, Watcher } from './step.ts'
import type { TenantTelemetry } from './telemetry/tenant-telemetry.ts'
import { raiseThrottleTime } from './throttle-time.ts'

const NO_WATCHERS: readonly Watcher[] = []

/** What exchanges share: the authenticated connection they belong to. */
export interface Session {
  /** Changes when the snapshot changes it. */
  readonly tenant: SnapshotTenant
  readonly user: string
  /** What steps remember. */
  readonly memory: Map<string, unknown>
  readonly allowance: TenantAllowance
  readonly telemetry: TenantTelemetry
  readonly pipeline: Pipeline
  advertise(nodeId: number, broker: Endpoint): Endpoint
  countForeignName(): void
  noteError(code: number, apiKey: number, name: string | undefined): void
  noteRefusal(rule: string, message: string, apiKey: number): void
  /** A response of so many bytes begins to leave, so long after its request came. */
  answered(apiKey: number, bytes: number, tookMs: number): void
  ask<A extends Api>(api: A, version: number, request: RequestInput<A>): Promise<ResponseOf<A>>
  askAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>>
  askBrokerAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>>
  /** Ends the connection: a response cannot be made. */
  fail(error: KaasError): void
}

/** A request under way. Steps get it as their context; the broker connection gets it as the taker of the response. */
export class Exchange implements StepContext, ResponseTaker {
  readonly way: Way
  readonly header: RequestHeader
  /** Where the response belongs. */
  readonly place: Place
  /** As it was when the request came: an answer is read with the names that its request was written with. */
  readonly tenant: SnapshotTenant
  readonly #session: Session
  readonly #startedMs = performance.now()
  #notes: Map<string, unknown> | undefined
  #watchers: readonly Watcher[] = NO_WATCHERS
  #errors: Set<number> | undefined

  constructor(session: Session, way: Way, header: RequestHeader, place: Place) {
    this.#session = session
    this.tenant = session.tenant
    this.way = way
    this.header = header
    this.place = place
  }

  get user(): string {
    return this.#session.user
  }

  get apiKey(): number {
    return this.header.apiKey
  }

  get apiVersion(): number {
    return this.header.apiVersion
  }

  get clientId(): string | null {
    return this.header.clientId
  }

  get notes(): Map<string, unknown> {
    this.#notes ??= new Map()
    return this.#notes
  }

  get memory(): Map<string, unknown> {
    return this.#session.memory
  }

  get telemetry(): TenantTelemetry {
    return this.#session.telemetry
  }

  advertise(nodeId: number, broker: Endpoint): Endpoint {
    return this.#session.advertise(nodeId, broker)
  }

  countForeignName(): void {
    this.#session.countForeignName()
  }

  noteError(code: number, name?: string): void {
    this.#errors ??= new Set()
    if (this.#errors.has(code)) return
    this.#errors.add(code)
    this.#session.noteError(code, this.header.apiKey, name)
  }

  noteRefusal(rule: 'not-allowed' | 'limit-exceeded', message: string): void {
    this.#session.noteRefusal(rule, message, this.header.apiKey)
  }

  ask<A extends Api>(api: A, version: number, request: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#session.ask(api, version, request)
  }

  askAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#session.askAsService(api, request)
  }

  askBrokerAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>> {
    return this.#session.askBrokerAsService(api, request)
  }

  /** Counts the response, `bytes` long on the wire. */
  answered(bytes: number): void {
    this.#session.answered(this.header.apiKey, bytes, performance.now() - this.#startedMs)
  }

  delivery(): Delivery {
    return this.way.responseSteps.length > 0 ? 'whole' : 'pieces'
  }

  whole(frame: Buffer): void {
    try {
      for (const head of this.way.heads) head.response?.(this, frame)
      const answer = this.#session.pipeline.answer(this.way, this, this.header.correlationId, frame)
      if (answer instanceof Promise) answer.then((bytes) => this.#writeWhole(bytes)).catch((error) => this.#fail(error))
      else this.#writeWhole(answer)
    } catch (error) {
      this.#fail(error)
    }
  }

  piece(bytes: Buffer, first: boolean, last: boolean): void {
    try {
      if (first) {
        restoreCorrelationId(bytes, this.header.correlationId)
        for (const head of this.way.heads) head.response?.(this, bytes)
        this.answered(LENGTH_BYTES + bytes.readInt32BE(0))
        this.#tellThrottle(bytes, last)
        if (this.way.watchers.length > 0) this.#watchers = this.way.watchers.map((watch) => watch(this))
      }
      for (const watcher of this.#watchers) watcher.piece(bytes)
      this.place.writeBorrowed(bytes, last)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The owner of the broker connection ends the client's as well, so there is nothing to answer. */
  lost(): void {}

  #writeWhole(answer: Buffer): void {
    this.#tellThrottle(answer, true)
    this.answered(answer.length)
    this.place.write(answer, true)
  }

  /** A client that knows how long it rests does not take the silence for a dead broker (KIP-219). */
  #tellThrottle(bytes: Buffer, isWhole: boolean): void {
    const { throttlePlace } = this.way
    const waitMs = throttlePlace === undefined ? 0 : this.#session.allowance.waitMs(Date.now())
    if (throttlePlace !== undefined && waitMs > 0) raiseThrottleTime(throttlePlace, bytes, isWhole, waitMs)
  }

  #fail(error: unknown): void {
    this.#session.fail(asKaasError(error))
  }
}
