// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import { lineOfField, readDocument, renderDocument } from './document-text.ts'

const RESOURCE = {
  apiVersion: 'kaas.dev/v1',
  kind: 'Topic',
  metadata: {
    name: 'payments',
    tenant: 'orders',
    labels: {},
    annotations: {},
    uid: 'u',
    generation: 3,
    createdAt: '2026-11-21T10:00:00Z',
    updatedAt: '2026-11-21T10:00:00Z',
  },
  spec: { partitions: 6, config: { 'retention.ms': '1000' } },
}

describe('documents as YAML', () => {
  test('leave out what only the server writes', () => {
    const text = renderDocument(RESOURCE)
    expect(text).toBe(
      'apiVersion: kaas.dev/v1\nkind: Topic\nmetadata:\n  name: payments\n  tenant: orders\nspec:\n  partitions: 6\n  config:\n    retention.ms: "1000"\n',
    )
    expect(readDocument(text)).toMatchObject({ kind: 'document', document: { spec: RESOURCE.spec } })
  })

  test('that cannot be read say where', () => {
    expect(readDocument('a: 1\nb: [\nc: 2')).toMatchObject({ kind: 'problem', line: expect.any(Number) })
    expect(readDocument('a: 1\na: 2')).toMatchObject({ kind: 'problem', line: 2 })
  })

  test('cannot be made to eat the memory of the browser by aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, index) => {
        const before = 'abcdefgh'[index]
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`
      }),
    ].join('\n')
    expect(readDocument(bomb)).toMatchObject({ kind: 'problem' })
  })

  test('show a problem of the server at its line', () => {
    const text = renderDocument(RESOURCE)
    expect(lineOfField(text, 'spec.partitions')).toBe(7)
    expect(lineOfField(text, 'spec.absent.field')).toBe(7)
    expect(lineOfField(text, 'nothing')).toBe(1)
  })
})
