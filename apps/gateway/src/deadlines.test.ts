// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { Deadlines, type Observation } from './deadlines.ts'

const patience = { logInMs: 1000, frameMs: 2000, writeMs: 3000 }
const idle: Observation = {
  nowMs: 0,
  isAuthenticated: true,
  isBrokersTurn: false,
  isInsideFrame: false,
  bytesReceived: 0,
  bytesUnsent: 0,
}

test('who does not log in is closed, who has logged in may be idle for ever', () => {
  const deadlines = new Deadlines(patience, 0)
  expect(deadlines.check({ ...idle, isAuthenticated: false, nowMs: 1000 })).toBeUndefined()
  expect(deadlines.check({ ...idle, isAuthenticated: false, nowMs: 1001 })).toBe('it did not log in in time')
  const waiting = { ...idle, isAuthenticated: false, isBrokersTurn: true, nowMs: 1001 }
  expect(deadlines.check(waiting)).toBe('the broker did not answer its log-in in time')
  expect(new Deadlines(patience, 0).check({ ...idle, nowMs: 1e12 })).toBeUndefined()
})

test('one byte a second is too slow for a request, a large request on a slow line is not', () => {
  const drip = new Deadlines(patience, 0)
  const line = new Deadlines(patience, 0)
  const seen = { ...idle, isInsideFrame: true }
  const at = (nowMs: number, bytesPerSecond: number): Observation => ({
    ...seen,
    nowMs,
    bytesReceived: (nowMs / 1000) * bytesPerSecond,
  })
  const verdicts = Array.from({ length: 60 }, (_, second) => [
    drip.check(at(second * 1000, 1)),
    line.check(at(second * 1000, 40_000)),
  ])
  expect(verdicts.map(([dripped]) => dripped).findIndex((verdict) => verdict !== undefined)).toBe(3)
  expect(verdicts.every(([, slow]) => slow === undefined)).toBe(true)
})

test('the time of a request counts anew for each, and not while the gateway does not read', () => {
  const deadlines = new Deadlines(patience, 0)
  deadlines.check({ ...idle, isInsideFrame: true, nowMs: 0 })
  deadlines.frameEnded()
  expect(deadlines.check({ ...idle, isInsideFrame: true, nowMs: 5000 })).toBeUndefined()
  expect(deadlines.check({ ...idle, isInsideFrame: false, nowMs: 8000 })).toBeUndefined()
  expect(deadlines.check({ ...idle, isInsideFrame: true, nowMs: 9000 })).toBeUndefined()
})

test('a client that takes nothing of what is sent is closed, one that takes little is not', () => {
  const stuck = new Deadlines(patience, 0)
  const slow = new Deadlines(patience, 0)
  for (let nowMs = 0; nowMs <= 3000; nowMs += 1000) {
    expect(stuck.check({ ...idle, nowMs, bytesUnsent: 9000 })).toBeUndefined()
    expect(slow.check({ ...idle, nowMs, bytesUnsent: 9000 - nowMs })).toBeUndefined()
  }
  expect(stuck.check({ ...idle, nowMs: 4000, bytesUnsent: 9000 })).toBe('it does not read what is sent to it')
  expect(slow.check({ ...idle, nowMs: 4000, bytesUnsent: 5000 })).toBeUndefined()
})
