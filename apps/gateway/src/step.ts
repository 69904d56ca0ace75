// SPDX-License-Identifier: Apache-2.0
/**
 * A step of the pipeline (design 6.3): one concern, such as names, addresses or limits. `pipeline.ts` is the only place that
 * knows the order of steps. A step that does not want a key and version costs nothing: the frame passes without decoding.
 */
import type { SnapshotTenant } from '@kaas/domain'
import type { Api, RequestInput, ResponseOf } from '@kaas/kafka-protocol'
import type { TenantTelemetry } from './telemetry/tenant-telemetry.ts'

/** A decoded Kafka message. Its shape follows from the API; steps narrow it with the type of the API they claim. */
export type Message = Record<string, unknown>

/**
 * What a step answers. `reply` ends the way to the broker: the message goes back through the steps before this one. `forward` says
 * `unchanged` when the step left the message as it was: if all do, the client's own bytes go on and nothing is encoded.
 */
export type StepResult =
  | { readonly kind: 'forward'; readonly unchanged?: true }
  | { readonly kind: 'reply'; readonly response: Message }
  | { readonly kind: 'close'; readonly reason: string }

/** Which directions of one key and version a step wants decoded. */
export interface Wants {
  readonly request: boolean
  readonly response: boolean
}

/**
 * Tells from bytes that a step has nothing to do with one request or response, so that it passes undecoded. `false` is always
 * right: the step then gets the message. Everything begins with the length; a request may be there only in part.
 */
export interface Passes {
  request?(start: Buffer, bodyOffset: number): boolean
  response?(frame: Buffer): boolean
}

/** Where clients reach a broker: always the gateway. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/**
 * Looks at the bytes of a response that no step decodes, as they pass. May overwrite bytes, but neither add nor remove any: the
 * length has gone ahead. One for each response; the first piece begins with the length.
 */
export interface Watcher {
  piece(bytes: Buffer): void
}

/**
 * Looks at the first bytes of every request and response, decoded or not, at places that its version fixes. May overwrite them. Each
 * begins with the length; a request is there as a whole, of a response at least `RESPONSE_START_BYTES`, if it has so many.
 */
export interface Heads {
  /** What is answered in place of the broker; undefined lets the request go on. */
  request?(context: StepContext, frame: Buffer, bodyOffset: number): Message | undefined
  response?(context: StepContext, start: Buffer): void
  /** Sees an answer of a broker that is decoded for some step, before any of them. Changes nothing. */
  decoded?(context: StepContext, message: Message): void
}

/** One exchange (a request and its response) as steps see it. Lives until the response has been handed to the client. */
export interface StepContext {
  readonly tenant: SnapshotTenant
  /** The full name `<tenant>.<name>` the client logged in with. */
  readonly user: string
  readonly apiKey: number
  readonly apiVersion: number
  readonly clientId: string | null
  /** What a step leaves for its own response half, by step name. */
  readonly notes: Map<string, unknown>
  /** The same for all exchanges of one connection, as long as that lives. */
  readonly memory: Map<string, unknown>
  /** Of the tenant: metrics that its clients push. */
  readonly telemetry: TenantTelemetry
  /** Where clients reach broker `nodeId` of this tenant's cluster through this listener. Learns the broker's own address. */
  advertise(nodeId: number, broker: Endpoint): Endpoint
  /** Counts a name of another tenant that a broker sent and a step took out. Kafka's ACLs hide them, so each is worth an alarm. */
  countForeignName(): void
  /** Counts an error in the answer of the broker, each kind once for an answer. `name` is that of the first thing it is about, as the tenant knows it. */
  noteError(code: number, name?: string): void
  /** Tells the audit log that this request, or a part of it, was refused here. */
  noteRefusal(rule: 'not-allowed' | 'limit-exceeded', message: string): void
  /**
   * Sends a request of the gateway's own on this client's broker connection, as the same user, and resolves with the decoded
   * answer. Later client requests wait, so that order holds. Rejects with `kafka-unavailable` when the connection ends.
   */
  ask<A extends Api>(api: A, version: number, request: RequestInput<A>): Promise<ResponseOf<A>>
  /** The same with the gateway's own service identity, for administration that a tenant's user has no right to. */
  askAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>>
  /** As `askAsService`, and of the very broker that the client is connected to: each tells of its own disks only. */
  askBrokerAsService<A extends Api>(api: A, request: RequestInput<A>): Promise<ResponseOf<A>>
}

/** A step. `request` and `response` may change the message in place; they run in order and in reverse order. */
export interface Step {
  readonly name: string
  /** Asked once per key and version when the pipeline is built. */
  wants(apiKey: number, apiVersion: number): Wants
  /** Asked as `wants`: who watches responses of this key and version. Of no use when a step wants the response decoded. */
  watch?(apiKey: number, apiVersion: number): ((context: StepContext) => Watcher) | undefined
  /** Asked as `wants`: what can be recognised as none of this step's business. */
  passes?(apiKey: number, apiVersion: number): Passes | undefined
  /** Asked as `wants`: who looks at the first bytes. */
  heads?(apiKey: number, apiVersion: number): Heads | undefined
  request?(context: StepContext, message: Message): StepResult | Promise<StepResult>
  response?(context: StepContext, message: Message): void | Promise<void>
}
