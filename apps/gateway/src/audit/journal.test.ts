// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { Journal, type Seen } from './journal.ts'

const refused: Seen = {
  action: 'log-in',
  outcome: 'denied',
  rule: 'credentials-wrong',
  message: 'It was refused.',
  tenant: 'orders',
  user: 'orders.app',
  remoteAddress: '192.0.2.1',
}
const bounds = { windowMs: 60_000, different: 3, waiting: 5 }
const told = (journal: Journal, nowMs: number) =>
  journal.next(100, nowMs).map(({ sequence, action, user, count }) => [sequence, action, user, count])

test('the first of equal events is told at once, and what repeats within the minute is one more with a count', () => {
  const journal = new Journal(bounds)
  for (let second = 0; second < 59; second++) journal.note(refused, second * 1000)
  expect(told(journal, 59_000)).toEqual([[1, 'log-in', 'orders.app', 1]])
  const [, repeated] = journal.next(100, 60_000)
  expect(repeated).toMatchObject({
    sequence: 2,
    count: 58,
    first: '1970-01-01T00:00:01.000Z',
    last: '1970-01-01T00:00:58.000Z',
  })
})

test('events of different users, addresses and reasons stay apart', () => {
  const journal = new Journal({ ...bounds, different: 10 })
  for (const other of [{}, { user: 'orders.web' }, { remoteAddress: '192.0.2.2' }, { rule: 'blocked' }])
    journal.note({ ...refused, ...other }, 0)
  expect(journal.next(100, 0)).toHaveLength(4)
})

test('whoever tries a million names fills neither memory nor log: the rest is counted together', () => {
  const journal = new Journal(bounds)
  for (let index = 0; index < 1000; index++) journal.note({ ...refused, user: `orders.u${index}` }, index)
  const events = journal.next(100, 60_000)
  expect(events).toHaveLength(4)
  expect(events[3]).toMatchObject({ rule: 'credentials-wrong', count: 997 })
  expect(events[3]?.user).toBeUndefined()
})

test('events stay until they are saved, in order, and those for which there was no room are counted and told', () => {
  const journal = new Journal({ ...bounds, different: 100 })
  for (let index = 0; index < 8; index++) journal.note({ ...refused, user: `orders.u${index}` }, index)
  expect(journal.backlog).toEqual({ waiting: 5, lost: 3 })
  expect(journal.next(2, 10).map(({ sequence }) => sequence)).toEqual([1, 2])
  expect(journal.next(2, 10).map(({ sequence }) => sequence)).toEqual([1, 2])
  journal.saved(4)
  expect(told(journal, 10)).toEqual([
    [5, 'log-in', 'orders.u4', 1],
    [6, 'lose', undefined, 3],
  ])
  expect(journal.backlog).toEqual({ waiting: 2, lost: 0 })
})

test('many things that differ in nothing but their names are one event, with the name of the first', () => {
  const journal = new Journal(bounds)
  for (let index = 0; index < 1000; index++) journal.note({ ...refused, example: `topic-${index}` }, index)
  const events = journal.next(100, 60_000)
  expect(events.map(({ count, message }) => [count, message])).toEqual([
    [1, 'It was refused. The first was "topic-0".'],
    [999, 'It was refused. The first was "topic-0".'],
  ])
  expect(events[0]).not.toHaveProperty('example')
})

test('a gateway that stops tells what it was counting', () => {
  const journal = new Journal(bounds)
  journal.note(refused, 0)
  journal.note(refused, 1)
  expect(journal.next(100, 2)).toHaveLength(1)
  expect(journal.next(100, 2, true).map(({ count }) => count)).toEqual([1, 1])
})
