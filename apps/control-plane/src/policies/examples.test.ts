// SPDX-License-Identifier: Apache-2.0
/** The policies that administrators begin with do what they say. */
import { readFileSync } from 'node:fs'
import { parseDocument, type ResourceOf } from '@kaas/domain'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { findViolations } from './find-violations.ts'
import type { PolicyDocument } from './policy-subject.ts'

const FILE = new URL('../../../../examples/policies.yaml', import.meta.url)
const policies = parseAllDocuments(readFileSync(FILE, 'utf8')).map((each) => {
  const { metadata, spec } = parseDocument(each.toJS()) as ResourceOf<'Policy'>
  return { name: metadata.name, spec }
})

describe('The policies of examples/policies.yaml', () => {
  it.each([
    ['a good topic', topic('pay.orders-1', { partitions: 48, description: 'Orders.' }), []],
    ['a wide one', topic('orders', { partitions: 49, description: 'Orders.' }), ['few-partitions']],
    ['one with a name of its own', topic('Orders_1', { partitions: 3, description: 'Orders.' }), ['topic-names']],
    ['one without a description', topic('orders', { partitions: 3 }), ['described']],
    ['a tenant that keeps its protection', tenant('production', '7d'), []],
    ['one without', tenant('production', '7d', { deletionProtection: false }), ['protected-production']],
    ['one in development without', tenant('development', '7d', { deletionProtection: false }), []],
    ['one that keeps data for long', tenant('development', '31d'), ['retention-bounds']],
    ['one that keeps data for minutes', tenant('development', '30m'), ['retention-bounds']],
  ])('say of %s what they should', (_, subject, expected) => {
    const found = findViolations(policies, subject)
    expect(found.map(({ policy }) => policy)).toEqual(expected)
    expect(found.filter(({ broken }) => broken)).toEqual([])
  })
})

function tenant(environment: string, retention: string, spec: object = {}): { readonly document: PolicyDocument } {
  const metadata = { name: 'shop', labels: {}, annotations: {} }
  const whole = { team: 'default', environment, workload: { produce: '5MB/s', retention }, ...spec }
  return { document: { kind: 'Tenant', metadata, spec: whole } }
}

function topic(name: string, spec: object) {
  const metadata = { name, tenant: 'shop', labels: {}, annotations: {} }
  const { document } = tenant('development', '7d')
  return { document: { kind: 'Topic', metadata, spec: { config: {}, ...spec } } as const, tenant: document }
}
