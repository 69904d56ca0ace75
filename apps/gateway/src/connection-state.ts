// SPDX-License-Identifier: Apache-2.0
/**
 * The life of a client connection as a table: every state × every event has a cell, and a missing one does not compile.
 * Pure: the table names what to do, `client-connection.ts` does it. `SPEC.md` has the invariants and the tests that hold them.
 *
 * ```
 * greeting ──certified──────────────────────────> loggingIn
 * greeting ──handshake──> choosing ──token──> loggingIn ──loggedIn──> serving ──drain──> draining
 *                            ^                    │  │                                      │
 *                            └────challenged──────┘  └─refused─> closed <──answered─────────┘
 * ```
 */

/** `greeting`: TLS is up, nothing said yet. `choosing`: a mechanism is chosen, a token is due. `loggingIn`: the broker decides. */
export const STATES = ['greeting', 'choosing', 'loggingIn', 'serving', 'draining', 'closed'] as const
export type State = (typeof STATES)[number]

/**
 * What can happen. From the client: `apiVersions`, `handshake`, `token`, `request` (any other). From the log-in: `certified` (its
 * certificate says who it is, before it speaks), `challenged`, `loggedIn`, `refused`. From the broker: `brokerLeft`. From the
 * gateway: `drain`, `answered` (nothing is owed any more), `broken` (the client left, a deadline passed, bytes that cannot be).
 */
export const EVENTS = [
  'apiVersions',
  'handshake',
  'token',
  'request',
  'certified',
  'challenged',
  'loggedIn',
  'refused',
  'brokerLeft',
  'drain',
  'answered',
  'broken',
] as const
/** One of them. */
export type Event = (typeof EVENTS)[number]

/**
 * What the connection does on the way to the next state. `end` closes after the bytes already written; `destroy` at once.
 * `reject` destroys because the client may not say this now.
 */
export type Action =
  | 'answerVersions'
  | 'answerHandshake'
  | 'takeToken'
  | 'logInByCertificate'
  | 'sendToken'
  | 'startServing'
  | 'forward'
  | 'drain'
  | 'end'
  | 'destroy'
  | 'reject'
  | 'ignore'

/** One cell: what to do, and where that leads. */
export interface Transition {
  readonly action: Action
  readonly next: State
}

const to = (next: State, action: Action): Transition => ({ next, action })
const stay = {
  greeting: to('greeting', 'ignore'),
  choosing: to('choosing', 'ignore'),
  loggingIn: to('loggingIn', 'ignore'),
  serving: to('serving', 'ignore'),
  draining: to('draining', 'ignore'),
  closed: to('closed', 'ignore'),
} as const
const rejected = to('closed', 'reject')
const destroyed = to('closed', 'destroy')
const ended = to('closed', 'end')

/** The whole table. `Record` without `Partial`: a new state or event does not compile until all its cells are decided. */
export const TRANSITIONS: Readonly<Record<State, Readonly<Record<Event, Transition>>>> = {
  greeting: {
    apiVersions: to('greeting', 'answerVersions'),
    handshake: to('choosing', 'answerHandshake'),
    token: rejected,
    request: rejected,
    certified: to('loggingIn', 'logInByCertificate'),
    challenged: stay.greeting,
    loggedIn: stay.greeting,
    refused: ended,
    brokerLeft: stay.greeting,
    drain: destroyed,
    answered: stay.greeting,
    broken: destroyed,
  },
  choosing: {
    apiVersions: to('choosing', 'answerVersions'),
    handshake: rejected,
    token: to('loggingIn', 'takeToken'),
    request: rejected,
    certified: stay.choosing,
    challenged: stay.choosing,
    loggedIn: stay.choosing,
    refused: ended,
    brokerLeft: stay.choosing,
    drain: destroyed,
    answered: stay.choosing,
    broken: destroyed,
  },
  /** The client is not read in this state: what it sends early is a fault. */
  loggingIn: {
    apiVersions: rejected,
    handshake: rejected,
    token: rejected,
    request: rejected,
    certified: stay.loggingIn,
    challenged: to('choosing', 'sendToken'),
    loggedIn: to('serving', 'startServing'),
    refused: ended,
    brokerLeft: stay.loggingIn,
    drain: destroyed,
    answered: stay.loggingIn,
    broken: destroyed,
  },
  serving: {
    apiVersions: to('serving', 'answerVersions'),
    handshake: to('serving', 'answerHandshake'),
    token: to('serving', 'takeToken'),
    request: to('serving', 'forward'),
    certified: stay.serving,
    challenged: to('serving', 'sendToken'),
    loggedIn: to('serving', 'sendToken'),
    refused: ended,
    brokerLeft: ended,
    drain: to('draining', 'drain'),
    answered: stay.serving,
    broken: destroyed,
  },
  /** Nothing new is read; a log-in that was under way may still end. */
  draining: {
    apiVersions: stay.draining,
    handshake: stay.draining,
    token: stay.draining,
    request: stay.draining,
    certified: stay.draining,
    challenged: to('draining', 'sendToken'),
    loggedIn: to('draining', 'sendToken'),
    refused: ended,
    brokerLeft: ended,
    drain: stay.draining,
    answered: ended,
    broken: destroyed,
  },
  closed: {
    apiVersions: stay.closed,
    handshake: stay.closed,
    token: stay.closed,
    request: stay.closed,
    certified: stay.closed,
    challenged: stay.closed,
    loggedIn: stay.closed,
    refused: stay.closed,
    brokerLeft: stay.closed,
    drain: stay.closed,
    answered: stay.closed,
    broken: stay.closed,
  },
}

/** The event that a request of this API key is: the table knows three by name. */
export function eventOfRequest(apiKey: number): Event {
  return NAMED_REQUESTS.get(apiKey) ?? 'request'
}

const NAMED_REQUESTS: ReadonlyMap<number, Event> = new Map([
  [17, 'handshake'],
  [18, 'apiVersions'],
  [36, 'token'],
])

/** What `event` means in `state`. */
export function transitionOf(state: State, event: Event): Transition {
  return TRANSITIONS[state][event]
}
