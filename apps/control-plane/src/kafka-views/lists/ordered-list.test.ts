// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ListKind, OrderedList } from './ordered-list.ts'

interface Item {
  readonly name: string
  readonly bytes?: number | undefined
  readonly documented: boolean
}
const KIND: ListKind<Item> = {
  name: 'name',
  fields: { name: (item) => item.name, bytes: (item) => item.bytes, documented: (item) => item.documented },
}

const item = fc.record({
  name: fc.string({ minLength: 1 }),
  bytes: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
  documented: fc.boolean(),
})
const items = fc.uniqueArray(item, { selector: ({ name }) => name, maxLength: 40 })
const sort = fc.constantFrom('name', '-name', 'bytes', '-bytes', 'documented')

test('paging through any list in any order shows every item once, in the order of one large page', () => {
  fc.assert(
    fc.property(items, sort, fc.integer({ min: 1, max: 7 }), (all, by, limit) => {
      const list = new OrderedList(KIND, all)
      const whole = list.page({ limit: 1000, sort: by }).items
      const seen: Item[] = []
      let cursor: string | undefined
      do {
        const page = list.page({ limit, sort: by, cursor })
        expect(page.total).toBe(all.length)
        seen.push(...page.items)
        cursor = page.next
      } while (cursor !== undefined)
      expect(seen).toEqual(whole)
      expect(seen).toHaveLength(all.length)
    }),
  )
})

test('a page goes on where it was although the item it ended with is gone', () => {
  const named = (names: string) => [...names].map((name) => ({ name, documented: false }))
  const { next = '' } = new OrderedList(KIND, named('abcd')).page({ limit: 2 })
  expect(new OrderedList(KIND, named('acd')).page({ limit: 2, cursor: next }).items.map(({ name }) => name)).toEqual([
    'c',
    'd',
  ])
})

const SOME: readonly Item[] = [
  { name: 'payments', bytes: 2e9, documented: true },
  { name: 'Pay, <b>later</b>', bytes: 5, documented: false },
  { name: 'orders', documented: true },
]

test.each([
  ['name~PAY', ['Pay, <b>later</b>', 'payments']],
  ['name=orders', ['orders']],
  ['bytes>1GB', ['payments']],
  ['bytes<=5', ['Pay, <b>later</b>']],
  ['bytes!=5', ['orders', 'payments']],
  ['documented=true,name~o', ['orders']],
  ['name~Pay\\, <b', ['Pay, <b>later</b>']],
])('the filter %s keeps what it says', (filter, expected) => {
  const page = new OrderedList(KIND, SOME).page({ limit: 10, filter })
  expect(page.items.map(({ name }) => name)).toEqual(expected)
  expect(page.total).toBe(expected.length)
})

test.each([
  { filter: 'size>3' },
  { filter: 'bytes>many' },
  { filter: 'constructor=1' },
  { sort: 'colour' },
  { cursor: 'x' },
])('%o is refused with what can be written', (question) => {
  expect(() => new OrderedList(KIND, SOME).page({ limit: 10, ...question })).toThrow(
    expect.objectContaining({ code: 'usage-invalid' }),
  )
})

test('a cursor of another order is refused, since it would skip items', () => {
  const list = new OrderedList(KIND, SOME)
  const { next = '' } = list.page({ limit: 1 })
  expect(() => list.page({ limit: 1, sort: '-bytes', cursor: next })).toThrow(/does not belong/)
})
