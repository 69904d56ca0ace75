// SPDX-License-Identifier: Apache-2.0
/** The form of a binding makes documents that the server takes. */
import { parseDocument } from '@kaas/domain'
import { expect, it } from 'vitest'
import { bindingDocument, bindingForm, isComplete } from './binding-form.ts'

const form = { ...bindingForm({ role: 'team-viewer', team: 'pay', tenant: '' }), name: 'guests', people: ['ada'] }

it('a filled form is a valid document, with the place that was chosen', () => {
  expect(isComplete(form)).toBe(true)
  expect(parseDocument(bindingDocument(form))).toMatchObject({
    kind: 'RoleBinding',
    spec: { role: 'team-viewer', scope: { team: 'pay' }, subjects: { people: ['ada'], groups: [] } },
  })
  expect(parseDocument(bindingDocument({ ...form, where: 'platform' }))).toMatchObject({ spec: { scope: 'platform' } })
  expect(parseDocument(bindingDocument({ ...form, where: 'tenant', tenant: 'orders' }))).toMatchObject({
    spec: { scope: { tenant: 'orders' } },
  })
})

it.each([{ name: 'Not A Name' }, { role: '' }, { people: [] }, { team: '' }])('%j is not sent', (change) => {
  expect(isComplete({ ...form, ...change })).toBe(false)
})
