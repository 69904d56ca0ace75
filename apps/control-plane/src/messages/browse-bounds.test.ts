// SPDX-License-Identifier: Apache-2.0
/** The bounds that browses share: places, bytes, cursors. */
import { expect, test } from 'vitest'
import { BrowseSlots } from './browse-slots.ts'
import { ByteBudget } from './byte-budget.ts'
import { readCursor, renderCursor } from './cursor.ts'

test('one person leaves room for others, all together have a bound, and what is given back is there again', () => {
  const slots = new BrowseSlots({ process: 3, person: 2 })
  const [first] = [slots.take('ada'), slots.take('ada')]
  expect(() => slots.take('ada')).toThrow(/You have 2 browses open/)
  slots.take('grace')
  expect(() => slots.take('radia')).toThrow(/3 browses are open/)
  first?.()
  first?.()
  slots.take('radia')
  expect(() => slots.take('barbara')).toThrow(/as many as this control plane allows/)
})

test('bytes are lent in the order of asking, and a large wish is not passed by small ones', async () => {
  const budget = new ByteBudget(10)
  const order: string[] = []
  const giveBack = await budget.take(8)
  const noted = async (name: string, bytes: number) => {
    const give = await budget.take(bytes)
    order.push(name)
    return give
  }
  const [large, small] = [noted('large', 9), noted('small', 1)]
  await Promise.resolve()
  expect(order).toEqual([])
  giveBack()
  giveBack()
  const [giveLarge] = await Promise.all([large, small])
  expect(order).toEqual(['large', 'small'])
  giveLarge()
  await budget.take(9)
})

test('a cursor says what is left and nothing more; what is none is refused', () => {
  const text = renderCursor([
    [0, 5, 5],
    [1, 3, 9],
  ])
  expect(readCursor(text ?? '')).toEqual([[1, 3, 9]])
  expect(renderCursor([[0, 5, 5]])).toBeUndefined()
  for (const wrong of ['', 'x', Buffer.from('[[1,2]]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
    expect(() => readCursor(wrong)).toThrow(/cursor cannot be read/)
  }
})
