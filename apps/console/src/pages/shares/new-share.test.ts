// SPDX-License-Identifier: Apache-2.0
import { parseDocument } from '@kaas/domain'
import { expect, test } from 'vitest'
import { EMPTY_SHARE_FORM, shareDocument, shareProblems } from './new-share.ts'

test('topic and tenant are enough: names are made of them, and the server takes the document', () => {
  const form = { ...EMPTY_SHARE_FORM, topic: 'Sales_EU.v2', with: 'billing' }
  expect(shareProblems(form, 'shop')).toEqual({})
  expect(parseDocument(shareDocument(form, 'shop'))).toMatchObject({
    metadata: { name: 'sales-eu-v2-for-billing', tenant: 'shop' },
    spec: { topic: 'Sales_EU.v2', with: 'billing', as: 'shop.Sales_EU.v2', access: 'read' },
  })
})

test('what cannot be a name is said at its field, and what is empty is not wrong yet', () => {
  expect(shareProblems(EMPTY_SHARE_FORM, 'shop')).toEqual({})
  const wrong = { name: 'A b', topic: 'a b', with: 'Bad', as: '..', access: 'read' } as const
  expect(Object.keys(shareProblems(wrong, 'shop')).sort()).toEqual(['as', 'name', 'topic', 'with'])
  const alias = { ...EMPTY_SHARE_FORM, topic: 'sales', with: 'shop', as: 'sales' }
  expect(shareProblems(alias, 'shop').as).toContain('another')
})
