// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EVENTS, type Event, STATES, type State, TRANSITIONS, transitionOf } from './connection-state.ts'

const cells = STATES.flatMap((state) => EVENTS.map((event) => ({ state, event, ...TRANSITIONS[state][event] })))

test('I2: requests are forwarded in the state serving and in no other', () => {
  const forwarding = cells.filter(({ action }) => action === 'forward')
  expect(forwarding.map(({ state, event, next }) => [state, event, next])).toEqual([['serving', 'request', 'serving']])
})

test('I2: serving is reached by a log-in only', () => {
  const entering = cells.filter(({ state, next }) => next === 'serving' && state !== 'serving')
  expect(entering.map(({ state, event }) => [state, event])).toEqual([['loggingIn', 'loggedIn']])
})

test('I3: closed is the end: no event leads out of it or does anything', () => {
  const fromClosed = cells.filter(({ state }) => state === 'closed')
  expect(fromClosed.every(({ next, action }) => next === 'closed' && action === 'ignore')).toBe(true)
})

test('I3: whatever closes a connection says how, and nothing else does', () => {
  const closing = new Set(['end', 'destroy', 'reject'])
  const wrong = cells.filter(({ state, next, action }) => state !== 'closed' && (next === 'closed') !== closing.has(action))
  expect(wrong).toEqual([])
})

test('I4: a broken connection is closed at once in every state', () => {
  for (const state of STATES.filter((name) => name !== 'closed')) {
    expect(transitionOf(state, 'broken')).toEqual({ next: 'closed', action: 'destroy' })
  }
})

test('every state can be reached from the first', () => {
  const reached = new Set<State>(['greeting'])
  for (const state of reached) for (const event of EVENTS) reached.add(transitionOf(state, event).next)
  expect([...reached].sort()).toEqual([...STATES].sort())
})

test('SPEC.md shows this table and no other', () => {
  const spec = readFileSync(new URL('./SPEC.md', import.meta.url), 'utf8').replace(/ +/g, ' ')
  for (const event of EVENTS) expect(spec).toContain(rowOf(event))
})

function rowOf(event: Event): string {
  const shown = STATES.map((state) => {
    const { action, next } = transitionOf(state, event)
    if (action === 'ignore') return '·'
    return next === state ? action : `${action} → ${next}`
  })
  return `| ${event} | ${shown.join(' | ')} |`
}
