// SPDX-License-Identifier: Apache-2.0
/** Cursors, sorts and filters as text. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseCursor, parseSort, renderCursor } from './list-query.ts'
import { parseFilter } from './parse-filter.ts'

it('a cursor gives back what it was made from, whatever the names are', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.boolean(), (name, tenant, down) => {
      const sort = parseSort(down ? '-name' : 'name')
      expect(parseCursor(renderCursor([name, tenant], sort), sort)).toEqual([name, tenant])
    }),
  )
})

it('a cursor of another order, and any other text, is refused and never thrown over', () => {
  const cursor = renderCursor(['a', 'b'], parseSort('name'))
  expect(() => parseCursor(cursor, parseSort('-name'))).toThrow(/does not belong/)
  expect(() => parseCursor(cursor, parseSort('createdAt'))).toThrow(/does not belong/)
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => parseCursor(text, parseSort('createdAt'))).toThrow(/does not belong/)
    }),
  )
})

it('a filter keeps dots and slashes of labels, and everything after the sign', () => {
  expect(parseFilter('labels.app.kubernetes.io/name=a=b, spec.config.retention.ms!=1,name~x')).toEqual([
    { field: { kind: 'label', name: 'app.kubernetes.io/name' }, operator: '=', value: 'a=b' },
    { field: { kind: 'spec', path: ['config', 'retention', 'ms'] }, operator: '!=', value: '1' },
    { field: { kind: 'column', name: 'name' }, operator: '~', value: 'x' },
  ])
  expect(parseFilter(undefined)).toEqual([])
})
