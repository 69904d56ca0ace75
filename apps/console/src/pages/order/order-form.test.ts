// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { expect, test } from 'vitest'
import { documentOf, EMPTY_ORDER, labelsOf, planRequestOf, problemsOf } from './order-form.ts'

test('the first order is complete but for its name, so that a name is all that a newcomer types', () => {
  expect(documentOf(EMPTY_ORDER)).toEqual({ problems: { fields: {}, other: [] } })
  const { document } = documentOf({ ...EMPTY_ORDER, name: 'orders', labels: 'app=shop critical' })
  expect(document).toMatchObject({
    kind: 'Tenant',
    metadata: { name: 'orders', labels: { app: 'shop', critical: '' } },
    spec: { workload: { produce: '5MB/s', fanOut: 3, retention: '7d' }, isolation: 'virtual' },
  })
})

test.each([
  ['produce', '5MB', 'a rate'],
  ['produce', '', 'a rate'],
  ['retention', 'soon', 'a duration'],
  ['fanOut', 'three', 'a number'],
  ['partitions', '-1', 'more than 0'],
  ['name', 'Orders', 'Only a-z'],
  ['isolation', 'none', 'one of'],
] as const)('what is wrong with %s = %j stands at its field', (field, text, sentence) => {
  const { document, problems } = documentOf({ ...EMPTY_ORDER, name: 'orders', [field]: text })
  expect(document).toBeUndefined()
  expect(problems.fields[field]).toContain(sentence)
  expect(problems.other).toEqual([])
})

test('the planner is asked as soon as the workload is complete, whatever the name', () => {
  expect(planRequestOf({ ...EMPTY_ORDER, name: 'Not A Name' })).toMatchObject({ profile: 'economy' })
  expect(planRequestOf({ ...EMPTY_ORDER, environment: 'production' })).toMatchObject({ profile: 'production' })
  expect(planRequestOf({ ...EMPTY_ORDER, produce: '5' })).toBeUndefined()
})

test('reading is told by readers or by a rate, and only what is shown counts', () => {
  const values = { ...EMPTY_ORDER, readers: 'consume', consume: '20MB/s', fanOut: '3' }
  expect(planRequestOf(values)?.workload).toEqual({ produce: '5MB/s', consume: '20MB/s', retention: '7d' })
})

test('rates that only gateways hold are ordered of a virtual tenant, and are no part of an order for a Kafka of its own', () => {
  const values = { ...EMPTY_ORDER, name: 'orders', requestsPerSecond: '900', connectionsPerSecond: '12' }
  const rates = { requestsPerSecond: 900, connectionsPerSecond: 12 }
  expect(documentOf(values).document).toMatchObject({ spec: { workload: rates } })
  const { document } = documentOf({ ...values, isolation: 'namespace' })
  expect(document).toMatchObject({ spec: { workload: expect.not.objectContaining(rates) } })
  expect(documentOf({ ...values, requestsPerSecond: '-1' }).problems.fields.requestsPerSecond).toContain('more than 0')
})

test('a refusal of the server stands at the field it is about, the rest below the form', () => {
  const fields = [
    { path: 'spec.workload.partitions', message: 'Must be at least 12.' },
    { path: 'spec.zones', message: 'Must be 1.' },
  ]
  expect(problemsOf(new KaasError('document-invalid', { message: 'Two problems.', fields }))).toEqual({
    fields: { partitions: 'Must be at least 12.' },
    other: ['spec.zones: Must be 1.'],
  })
  const full = new KaasError('workload-too-large', { message: 'It does not fit.', help: 'Order less.' })
  expect(problemsOf(full).other).toEqual(['It does not fit. Order less.'])
})

test('a name that is taken is said at the name', () => {
  const taken = new KaasError('resource-changed', { message: 'The generation is 3.' })
  expect(problemsOf(taken).fields.name).toContain('already')
})

test('labels are typed as people write them', () => {
  expect(labelsOf(' app=shop,  tier=a=b critical')).toEqual({ app: 'shop', tier: 'a=b', critical: '' })
})
