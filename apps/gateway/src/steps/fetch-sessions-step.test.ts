// SPDX-License-Identifier: Apache-2.0
/** Against bytes as clients and brokers send them; `foreign-sessions.int.test.ts` asks a real broker. */
import {
  decodeRequestBody,
  decodeResponse,
  ERROR_CODES,
  encodeRequest,
  encodeResponse,
  fetch,
  type RequestOf,
  readRequestHeader,
} from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { stepContext } from '../../test/step-context.ts'
import { createPipeline, type Sent } from '../pipeline.ts'
import type { StepContext } from '../step.ts'
import { createFetchSessionsStep } from './fetch-sessions-step.ts'

const LENGTH_BYTES = 4
const LAST = fetch.versions[1]
const WITH_SESSIONS = Array.from({ length: LAST - 6 }, (_, index) => index + 7)
const step = createFetchSessionsStep()
const pipeline = createPipeline([step])

test('in every version a session is known on the connection that was given it, and unknown on any other', () => {
  for (const version of WITH_SESSIONS) {
    const [owner, other] = [stepContext(fetch, version), stepContext(fetch, version)]
    grant(owner, version, { sessionId: 77 })
    expect(asked(owner, version, 77, 1), `v${version}`).toMatchObject({ sessionId: 77, sessionEpoch: 1 })
    const refused = send(other, version, 77, 1)
    if (refused.kind !== 'reply') throw new Error(`v${version} is ${refused.kind}`)
    const { message } = decodeResponse(fetch, version, refused.frame.subarray(LENGTH_BYTES))
    expect(message).toMatchObject({ errorCode: ERROR_CODES.FETCH_SESSION_ID_NOT_FOUND, sessionId: 0, responses: [] })
  }
})

test('who ends a session of another, or opens one in place of it, ends nothing: the broker does not hear the number', () => {
  for (const epoch of [0, -1]) {
    expect(asked(stepContext(fetch, LAST), LAST, 77, epoch)).toMatchObject({ sessionId: 0, sessionEpoch: epoch })
  }
})

test('an own session that is ended reaches the broker, and is unknown afterwards', () => {
  for (const epoch of [0, -1]) {
    const owner = stepContext(fetch, LAST)
    grant(owner, LAST, { sessionId: 77 })
    expect(asked(owner, LAST, 77, epoch)).toMatchObject({ sessionId: 77, sessionEpoch: epoch })
    expect(send(owner, LAST, 77, 2).kind).toBe('reply')
  }
})

test('an answer with an error, or without a session, gives none', () => {
  const owner = stepContext(fetch, LAST)
  grant(owner, LAST, { sessionId: 77, errorCode: ERROR_CODES.INVALID_FETCH_SESSION_EPOCH })
  grant(owner, LAST, { sessionId: 0 })
  expect(send(owner, LAST, 77, 1).kind).toBe('reply')
  expect(send(owner, LAST, 0, 0).kind).toBe('forward')
})

test('a connection that opens sessions without end is remembered with the last sixteen', () => {
  const owner = stepContext(fetch, LAST)
  for (let sessionId = 1; sessionId <= 100; sessionId++) grant(owner, LAST, { sessionId })
  const known = Array.from({ length: 100 }, (_, index) => index + 1).filter(
    (id) => send(owner, LAST, id, 1).kind === 'forward',
  )
  expect(known).toEqual(Array.from({ length: 16 }, (_, index) => index + 85))
})

test('a request that is too short to say a session is left to the broker', () => {
  const frame = requestFrame(LAST, 77, 1)
  const header = readRequestHeader(frame.subarray(LENGTH_BYTES))
  const short = frame.subarray(0, LENGTH_BYTES + header.bodyOffset + 16)
  const way = pipeline.wayOf(fetch.key, LAST)
  expect(way?.heads[0]?.request?.(stepContext(fetch, LAST), short, LENGTH_BYTES + header.bodyOffset)).toBeUndefined()
})

/** The request as the broker gets it. */
function asked(context: StepContext, version: number, sessionId: number, sessionEpoch: number): RequestOf<typeof fetch> {
  const sent = send(context, version, sessionId, sessionEpoch)
  if (sent.kind !== 'forward') throw new Error(`it is answered, v${version}`)
  const body = sent.frame.subarray(LENGTH_BYTES)
  return decodeRequestBody(fetch, version, body, readRequestHeader(body).bodyOffset)
}

function send(context: StepContext, version: number, sessionId: number, sessionEpoch: number): Sent {
  const way = pipeline.wayOf(fetch.key, version)
  const frame = requestFrame(version, sessionId, sessionEpoch)
  const header = readRequestHeader(frame.subarray(LENGTH_BYTES))
  const sent = way && pipeline.send(way, context, header, frame)
  if (sent === undefined || sent instanceof Promise) throw new Error('it is decided at once')
  return sent
}

function requestFrame(version: number, sessionId: number, sessionEpoch: number): Buffer {
  const request = {
    maxWaitMs: 9,
    minBytes: 9,
    isolationLevel: 1,
    sessionId,
    sessionEpoch,
    topics: [],
    forgottenTopicsData: [],
  }
  return encodeRequest(fetch, version, { correlationId: 5, clientId: 'client' }, request)
}

/** A broker answers. */
function grant(
  context: StepContext,
  version: number,
  answer: { readonly sessionId: number; readonly errorCode?: number },
): void {
  const frame = encodeResponse(fetch, version, 5, { throttleTimeMs: 9, responses: [], ...answer })
  for (const head of pipeline.wayOf(fetch.key, version)?.heads ?? []) head.response?.(context, frame)
}
