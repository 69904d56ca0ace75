// SPDX-License-Identifier: Apache-2.0
/**
 * Fetch sessions (KIP-227) belong to the connection that opened them (decision 0037). A broker knows a session by a number of 31 bits and
 * asks nobody whose it is: who says it gets the session, and can end it. So the gateway remembers what each connection was given, and a
 * foreign number never reaches the broker. Only fixed places of the bytes are read, so that no Fetch is decoded for it.
 */
import { ERROR_CODES, fetch } from '@kaas/kafka-protocol'
import { LENGTH_BYTES } from '../frame-splitter.ts'
import type { Heads, Message, Step, StepContext } from '../step.ts'

/** First version with sessions, and first version whose body begins behind the id of a replica. */
const SESSIONS_SINCE = 7
const WITHOUT_REPLICA_SINCE = 15
const REPLICA_BYTES = 4
/** Longest wait, least and most bytes, isolation level. */
const BEFORE_SESSION = 13
const EPOCH_BYTES = 4
/** Behind these the session and its epoch are read in a request. */
const CORRELATION_BYTES = 4
const THROTTLE_BYTES = 4
const ERROR_BYTES = 2
const SESSION_BYTES = 4
const NO_SESSION = 0
/** Key in the memory of a connection. */
const GIVEN = 'fetch sessions'
/** A consumer has one at a time on a connection. Who has more loses the oldest, and is told so as by a broker. */
const MOST_SESSIONS = 16

/** As a broker answers. */
const UNKNOWN_SESSION: Message = {
  throttleTimeMs: 0,
  errorCode: ERROR_CODES.FETCH_SESSION_ID_NOT_FOUND,
  sessionId: NO_SESSION,
  responses: [],
}

/** The step that keeps sessions apart. */
export function createFetchSessionsStep(): Step {
  return {
    name: 'fetch sessions',
    wants: () => ({ request: false, response: false }),
    heads: (apiKey, apiVersion) => (apiKey === fetch.key && apiVersion >= SESSIONS_SINCE ? headsOf(apiVersion) : undefined),
  }
}

function headsOf(version: number): Heads {
  const sessionAt = BEFORE_SESSION + (version < WITHOUT_REPLICA_SINCE ? REPLICA_BYTES : 0)
  const tagsAt = LENGTH_BYTES + CORRELATION_BYTES
  const errorAt = tagsAt + (version >= fetch.flexible ? 1 : 0) + THROTTLE_BYTES
  return {
    request: (context, frame, bodyOffset) => checkSession(context, frame, bodyOffset + sessionAt),
    response(context, start) {
      // No broker fills the tags of the header. One that does gets its sessions refused, which clients bear.
      if (version >= fetch.flexible && start[tagsAt] !== 0) return
      rememberSession(context, start, errorAt)
    },
  }
}

/** The answer of a broker that does not know the session; undefined lets the request go on. */
function checkSession(context: StepContext, frame: Buffer, at: number): Message | undefined {
  if (frame.length < at + SESSION_BYTES + EPOCH_BYTES) return undefined
  const session = frame.readInt32BE(at)
  if (session === NO_SESSION) return undefined
  const isKnown = sessionsOf(context)?.has(session) === true
  const epoch = frame.readInt32BE(at + SESSION_BYTES)
  if (epoch > 0) return isKnown ? undefined : UNKNOWN_SESSION
  // With the epochs 0 and -1 a session ends and the request stands for itself. A broker takes no offence at one that it does not know.
  if (isKnown) sessionsOf(context)?.delete(session)
  else frame.writeInt32BE(NO_SESSION, at)
  return undefined
}

function rememberSession(context: StepContext, start: Buffer, errorAt: number): void {
  const sessionAt = errorAt + ERROR_BYTES
  if (start.length < sessionAt + SESSION_BYTES || start.readInt16BE(errorAt) !== 0) return
  const session = start.readInt32BE(sessionAt)
  if (session === NO_SESSION) return
  const known = sessionsOf(context)
  if (known === undefined) {
    context.memory.set(GIVEN, new Set([session]))
    return
  }
  if (known.has(session)) return
  known.add(session)
  for (const oldest of known) {
    if (known.size <= MOST_SESSIONS) break
    known.delete(oldest)
  }
}

function sessionsOf(context: StepContext): Set<number> | undefined {
  const known = context.memory.get(GIVEN)
  return known instanceof Set ? known : undefined
}
