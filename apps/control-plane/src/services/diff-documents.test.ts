// SPDX-License-Identifier: Apache-2.0
/** Differences between documents. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { diffDocuments } from './diff-documents.ts'

it('names each changed, added and removed field by its path', () => {
  const before = { spec: { partitions: 3, config: { a: '1', b: '2' }, roles: ['x'] } }
  const after = { spec: { partitions: 6, config: { a: '1', c: '3' }, roles: ['x', 'y'] } }
  expect(diffDocuments(before, after)).toEqual([
    { path: 'spec.config.b', before: '2' },
    { path: 'spec.config.c', after: '3' },
    { path: 'spec.partitions', before: 3, after: 6 },
    { path: 'spec.roles', before: ['x'], after: ['x', 'y'] },
  ])
})

it('of a new document lists what it holds, without its empty parts', () => {
  expect(diffDocuments(undefined, { metadata: { labels: {} }, spec: { a: 1 } })).toEqual([{ path: 'spec.a', after: 1 }])
})

it('of a document and itself is empty, whatever it holds', () => {
  fc.assert(
    fc.property(fc.object(), (document) => {
      expect(diffDocuments(document, structuredClone(document))).toEqual([])
    }),
  )
})
