// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { type Column, shownColumns, sortRows } from './column.ts'

const column = (id: string, hidden = false): Column<string> => ({ id, header: id, text: (row) => row, hidden })
const COLUMNS = [column('name'), column('lag'), column('created', true)]
const ids = (columns: readonly Column<string>[]) => columns.map(({ id }) => id)

test('the columns of the address come before those of the person, and these before the usual ones', () => {
  expect(ids(shownColumns(COLUMNS, '', undefined))).toEqual(['name', 'lag'])
  expect(ids(shownColumns(COLUMNS, '', ['lag']))).toEqual(['name', 'created'])
  expect(ids(shownColumns(COLUMNS, 'created,name', ['lag']))).toEqual(['name', 'created'])
})

test('an address of another version still shows a table', () => {
  expect(ids(shownColumns(COLUMNS, 'gone', undefined))).toEqual(['name'])
})

test('rows sort by numbers as numbers and by names as people count, unknown last', () => {
  const rows = [
    { n: 'p10', v: 2 },
    { n: 'p9', v: 10 },
    { n: 'p1', v: undefined },
  ]
  const values = { n: ({ n }: { n: string }) => n, v: ({ v }: { v: number | undefined }) => v }
  expect(sortRows(rows, 'n', values).map(({ n }) => n)).toEqual(['p1', 'p9', 'p10'])
  expect(sortRows(rows, 'v', values).map(({ n }) => n)).toEqual(['p10', 'p9', 'p1'])
  expect(sortRows(rows, '-v', values).map(({ n }) => n)).toEqual(['p1', 'p9', 'p10'])
  expect(sortRows(rows, 'nonsense', values)).toBe(rows)
})
