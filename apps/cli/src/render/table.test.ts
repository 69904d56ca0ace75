// SPDX-License-Identifier: Apache-2.0
/** Tables that fit, with nothing cut that need not be. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderTable } from './table.ts'

type Row = readonly [string, string]
const columns = [
  { title: 'NAME', cell: ([name]: Row) => name },
  { title: 'SIZE', cell: ([, size]: Row) => size, align: 'right' },
] as const
const rows: readonly Row[] = [
  ['orders', '5'],
  ['a-tenant-with-a-long-name', '1500'],
]

describe('a table', () => {
  it('is as wide as its widest cells, with numbers on the right', () => {
    expect(renderTable(rows, columns, undefined)).toBe(
      ['NAME                       SIZE', 'orders                        5', 'a-tenant-with-a-long-name  1500', ''].join(
        '\n',
      ),
    )
  })

  it('cuts the widest column first, and says that it did', () => {
    expect(renderTable(rows, columns, 20)).toBe(
      ['NAME            SIZE', 'orders             5', 'a-tenant-with…  1500', ''].join('\n'),
    )
  })

  it('of nothing is nothing', () => {
    expect(renderTable([], columns, 80)).toBe('')
  })

  it('keeps a cell of several lines on one line', () => {
    expect(renderTable([['a\n  b', '1']], columns, undefined)).toContain('a b ')
  })

  it('passes on no sign that commands a terminal', () => {
    expect(renderTable([['a\u001b[31mb\u0007', '1']], columns, undefined)).toContain('a[31mb ')
  })

  it('never is wider than the terminal, as long as every column can keep six characters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }),
        fc.integer({ min: 14, max: 200 }),
        (cells, width) => {
          for (const line of renderTable(cells, columns, width).split('\n'))
            expect([...line].length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })
})
