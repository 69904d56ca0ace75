// SPDX-License-Identifier: Apache-2.0
/**
 * The way of a request (design 6.3), and the only place that knows the order of steps.
 *
 * ```
 * socket → frame → header → [decode only if a step wants this key and version] → steps 1..n → broker connection
 *                                                                                                  │
 * socket ← order ← [encode if decoded] ← steps n..1 ← [decode only if wanted] ← match correlation id
 * ```
 *
 * Frames come from `frame-splitter.ts`, correlation ids are matched in `broker-connection.ts`, `response-line.ts` keeps the
 * order, and `client-connection.ts` joins them. Refusal is the default: what nobody claimed has no way.
 */
import { KaasError } from '@kaas/errors'
import {
  type Api,
  apiOf,
  decodeRequestBody,
  decodeResponse,
  encodeRequest,
  encodeResponse,
  type RequestHeader,
  type ResponseHeader,
  readRequestHeader,
} from '@kaas/kafka-protocol'
import { LENGTH_BYTES } from './frame-splitter.ts'
import type { Heads, Message, Passes, Step, StepContext, StepResult, Watcher } from './step.ts'
import { createAddressesStep } from './steps/addresses-step.ts'
import { createAdministrationStep } from './steps/administration-step.ts'
import { createAllTopicsStep } from './steps/all-topics-step.ts'
import { claimOf } from './steps/api-claims.ts'
import { createErrorsStep } from './steps/errors-step.ts'
import { createFetchSessionsStep } from './steps/fetch-sessions-step.ts'
import { createLimitsStep } from './steps/limits-step.ts'
import { createNamesStep } from './steps/names-step.ts'
import { createTelemetryStep } from './steps/telemetry-step.ts'
import { type ThrottlePlace, throttlePlaceOf } from './throttle-time.ts'

/** The steps of the product, in the order of the way to the broker; responses meet them from last to first. */
export const STEPS: readonly Step[] = [
  createErrorsStep(),
  createFetchSessionsStep(),
  createTelemetryStep(),
  createAdministrationStep(),
  createNamesStep(),
  createAddressesStep(),
  createLimitsStep(),
  createAllTopicsStep(),
]

const PRODUCE_KEY = 0
/** Where the length of the client id stands in a request, and where the client id itself. */
const CLIENT_ID_OFFSET = LENGTH_BYTES + 8
const FIXED_HEADER_BYTES = CLIENT_ID_OFFSET + 2
/** Where the correlation id stands in a response, behind the length. */
const RESPONSE_ID_OFFSET = LENGTH_BYTES

/** What the pipeline does with one key and version: decided once, then looked up. */
export interface Way {
  readonly api: Api
  readonly version: number
  /** All of the pipeline: an early reply goes back through those before the step that gave it, whether they saw the request or not. */
  readonly steps: readonly Step[]
  /** In the order of the way to the broker. Empty: the request passes as bytes. */
  readonly requestSteps: readonly Step[]
  /** In the order of the way back. Empty: the response passes as bytes. */
  readonly responseSteps: readonly Step[]
  /** Of responses that pass as bytes. */
  readonly watchers: readonly ((context: StepContext) => Watcher)[]
  /** They see the first bytes of requests and responses before anybody else. */
  readonly heads: readonly Heads[]
  /** What must all say true for a request, or a response, to pass undecoded. Undefined: some step always wants it. */
  readonly requestPasses: readonly NonNullable<Passes['request']>[] | undefined
  readonly responsePasses: readonly NonNullable<Passes['response']>[] | undefined
  /** Produce is read even if no step wants it: with acks=0 it has no response. */
  readonly readsRequest: boolean
  readonly throttlePlace: ThrottlePlace | undefined
}

/** Where a request went. Every frame begins with its length. */
export type Sent =
  | { readonly kind: 'forward'; readonly frame: Buffer; readonly isAnswered: boolean }
  | { readonly kind: 'reply'; readonly frame: Buffer }
  | { readonly kind: 'close'; readonly reason: string }

/** A request that no step wants to see. */
export interface Passing {
  readonly header: RequestHeader
  readonly isAnswered: boolean
}

/** Requests and responses through the steps. Built once; holds no state of any connection. */
export interface Pipeline {
  /** Undefined when the key or version is not claimed, or claimed to be refused. */
  wayOf(apiKey: number, apiVersion: number): Way | undefined
  /** Whether a request may pass in pieces, told from its beginning; undefined when it must be whole, or when more must be seen. */
  passing(way: Way, start: Buffer): Passing | undefined
  /** The way to the broker. Answers at once unless a step waits. Throws what steps and codecs throw: the connection ends then. */
  send(way: Way, context: StepContext, header: RequestHeader, frame: Buffer): Sent | Promise<Sent>
  /** The way back; only for ways with response steps. `frame` is the broker's response. */
  answer(way: Way, context: StepContext, correlationId: number, frame: Buffer): Buffer | Promise<Buffer>
}

/** A pipeline over `steps`, in the order of the way to the broker. */
export function createPipeline(steps: readonly Step[]): Pipeline {
  const ways = new Map<number, Way | undefined>()
  return {
    wayOf: (apiKey, apiVersion) => {
      const index = apiKey * 65_536 + apiVersion
      if (!ways.has(index)) ways.set(index, decideWay(steps, apiKey, apiVersion))
      return ways.get(index)
    },
    passing: passingFrom,
    send: sendThroughSteps,
    answer: answerThroughSteps,
  }
}

/** Puts the client's correlation id into a response that passes as bytes; `bytes` begins with the length. */
export function restoreCorrelationId(bytes: Buffer, correlationId: number): void {
  bytes.writeInt32BE(correlationId, RESPONSE_ID_OFFSET)
}

function decideWay(steps: readonly Step[], apiKey: number, version: number): Way | undefined {
  const api = apiOf(apiKey)
  const claim = claimOf(apiKey)
  if (api === undefined || claim === undefined || claim.decision === 'refuse') return undefined
  if (version < Math.max(claim.min, api.versions[0]) || version > Math.min(claim.max, api.versions[1])) return undefined
  const requestSteps = steps.filter((step) => step.wants(apiKey, version).request)
  const responseSteps = steps.filter((step) => step.wants(apiKey, version).response).reverse()
  const heads = steps.flatMap((step) => step.heads?.(apiKey, version) ?? [])
  const watchers = steps.flatMap((step) => step.watch?.(apiKey, version) ?? [])
  const readsRequest = requestSteps.length > 0 || apiKey === PRODUCE_KEY
  const passes = (step: Step): Passes | undefined => step.passes?.(apiKey, version)
  return {
    ...{ api, version, steps, requestSteps, responseSteps, watchers, heads, readsRequest },
    throttlePlace: throttlePlaceOf(api, version),
    requestPasses: allOrNone(requestSteps.map((step) => passes(step)?.request)),
    responsePasses: allOrNone(responseSteps.map((step) => passes(step)?.response)),
  }
}

function allOrNone<T>(parts: readonly (T | undefined)[]): readonly T[] | undefined {
  const there = parts.filter((part) => part !== undefined)
  return there.length === parts.length ? there : undefined
}

function passingFrom(way: Way, start: Buffer): Passing | undefined {
  if (way.requestPasses === undefined || way.api.key !== PRODUCE_KEY || !reachesBody(start)) return undefined
  const header = readRequestHeader(start.subarray(LENGTH_BYTES))
  const body = LENGTH_BYTES + header.bodyOffset
  // Outside a transaction the transactional id is one byte, and the acknowledgements wanted are the next two.
  if (way.version < way.api.flexible || start.length < body + 3 || start[body] !== 0) return undefined
  if (!way.requestPasses.every((passes) => passes(start, body))) return undefined
  return { header, isAnswered: start.readInt16BE(body + 1) !== 0 }
}

/** Whether the header is there with all of the client id, and a little more. */
function reachesBody(start: Buffer): boolean {
  if (start.length < FIXED_HEADER_BYTES) return false
  return start.length >= FIXED_HEADER_BYTES + Math.max(start.readInt16BE(CLIENT_ID_OFFSET), 0) + 4
}

function sendThroughSteps(way: Way, context: StepContext, header: RequestHeader, frame: Buffer): Sent | Promise<Sent> {
  for (const head of way.heads) {
    const response = head.request?.(context, frame, LENGTH_BYTES + header.bodyOffset)
    if (response === undefined) continue
    return { kind: 'reply', frame: encodeResponse(way.api, way.version, header.correlationId, response) }
  }
  if (!way.readsRequest) return { kind: 'forward', frame, isAnswered: true }
  const message = decodeRequestBody(way.api, way.version, frame.subarray(LENGTH_BYTES), header.bodyOffset) as Message
  const finish = (result: StepResult, reached: number): Sent | Promise<Sent> =>
    sentAs(way, context, header, frame, message, result, reached)
  return throughRequestSteps(way, context, message, 0, UNCHANGED, finish)
}

function throughRequestSteps(
  way: Way,
  context: StepContext,
  message: Message,
  from: number,
  /** What the steps before `from` say together. */
  soFar: StepResult,
  finish: (result: StepResult, reached: number) => Sent | Promise<Sent>,
): Sent | Promise<Sent> {
  let forward = soFar
  for (let index = from; index < way.requestSteps.length; index++) {
    const result = way.requestSteps[index]?.request?.(context, message) ?? FORWARD
    if (result instanceof Promise) {
      return result.then((late) =>
        late.kind === 'forward'
          ? throughRequestSteps(way, context, message, index + 1, late.unchanged ? forward : FORWARD, finish)
          : finish(late, index),
      )
    }
    if (result.kind !== 'forward') return finish(result, index)
    if (result.unchanged !== true) forward = FORWARD
  }
  return finish(forward, way.requestSteps.length)
}

const FORWARD: StepResult = { kind: 'forward' }
const UNCHANGED: StepResult = { kind: 'forward', unchanged: true }

function sentAs(
  way: Way,
  context: StepContext,
  header: RequestHeader,
  frame: Buffer,
  message: Message,
  result: StepResult,
  reached: number,
): Sent | Promise<Sent> {
  const isAnswered = way.api.key !== PRODUCE_KEY || (message as { readonly acks?: number }).acks !== 0
  switch (result.kind) {
    case 'forward': {
      const bytes = result.unchanged === true ? frame : encodeRequest(way.api, way.version, header, message)
      return { kind: 'forward', frame: bytes, isAnswered }
    }
    case 'close':
      return result
    case 'reply': {
      if (!isAnswered) return { kind: 'close', reason: 'a produce request with acks=0 was refused' }
      const place = way.steps.indexOf(way.requestSteps[reached] as Step)
      const back = way.responseSteps.filter((step) => way.steps.indexOf(step) < place)
      const reply = throughResponseSteps(way, context, { correlationId: header.correlationId }, result.response, back, 0)
      return reply instanceof Promise
        ? reply.then((late) => ({ kind: 'reply', frame: late }))
        : { kind: 'reply', frame: reply }
    }
  }
}

function answerThroughSteps(way: Way, context: StepContext, correlationId: number, frame: Buffer): Buffer | Promise<Buffer> {
  if (way.responsePasses?.every((passes) => passes(frame)) === true) {
    restoreCorrelationId(frame, correlationId)
    return frame
  }
  const { message, tags } = decodeResponse(way.api, way.version, frame.subarray(LENGTH_BYTES))
  for (const head of way.heads) head.decoded?.(context, message as Message)
  return throughResponseSteps(way, context, { correlationId, tags }, message as Message, way.responseSteps, 0)
}

function throughResponseSteps(
  way: Way,
  context: StepContext,
  header: ResponseHeader,
  message: Message,
  steps: readonly Step[],
  from: number,
): Buffer | Promise<Buffer> {
  for (let index = from; index < steps.length; index++) {
    const waits = steps[index]?.response?.(context, message)
    if (waits instanceof Promise) {
      return waits.then(() => throughResponseSteps(way, context, header, message, steps, index + 1))
    }
  }
  return encodeResponse(way.api, way.version, header, message)
}

/** What ends a connection whose request has no way: a broker closes as well when it does not know a version. */
export function noWay(apiKey: number, apiVersion: number): KaasError {
  const name = apiOf(apiKey)?.name ?? `API ${apiKey}`
  return new KaasError('not-supported', {
    message: `${name} version ${apiVersion} is not offered by this gateway.`,
    help: 'Use only what ApiVersions lists; current clients do so by themselves.',
  })
}
