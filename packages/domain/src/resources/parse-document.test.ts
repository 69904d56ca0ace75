// SPDX-License-Identifier: Apache-2.0
/** Documents: what may be left out, what is refused, and where the fault is. */
import { KaasError } from '@kaas/errors'
import { describe, expect, it } from 'vitest'
import { API_VERSION } from './envelope.ts'
import { KIND_NAMES, RESOURCE_KINDS, resourceKindOf } from './kinds.ts'
import { parseDocument } from './parse-document.ts'

const tenant = (spec: unknown, metadata: object = { name: 'orders' }) => ({
  apiVersion: API_VERSION,
  kind: 'Tenant',
  metadata,
  spec,
})
const workload = { produce: '5MB/s', retention: '7d' }

describe('a document says only what matters', () => {
  it('a tenant needs a workload; the rest has defaults', () => {
    expect(parseDocument(tenant({ workload }))).toEqual({
      ...tenant({ team: 'default', environment: 'development', isolation: 'virtual', workload, adopt: false }),
      metadata: { name: 'orders', labels: {}, annotations: {} },
    })
  })

  it.each([
    ['Topic', { partitions: 3, config: {} }],
    ['User', { authentication: 'scram-sha-512', roles: [], access: [], quotas: {} }],
    ['Team', { members: [], externalGroups: [] }],
  ])('a %s needs no field at all', (kind, spec) => {
    const metadata = kind === 'Team' ? { name: 'a' } : { name: 'a', tenant: 'orders' }
    expect(parseDocument({ apiVersion: API_VERSION, kind, metadata, spec: {} }).spec).toEqual(spec)
  })
})

describe('a fault is named by its path', () => {
  it.each([
    ['an unknown field', tenant({ workload, colour: 'red' }), 'spec.colour', /no such field/],
    ['an unknown field far down', tenant({ workload: { ...workload, prodce: 1 } }), 'spec.workload.prodce', /no such field/],
    ['an unknown field at the top', { ...tenant({ workload }), extra: 1 }, 'extra', /no such field/],
    [
      'a quantity without unit',
      tenant({ workload: { ...workload, produce: '5' } }),
      'spec.workload.produce',
      /not a rate.*Write it like/,
    ],
    ['a number as quantity', tenant({ workload: { ...workload, produce: 5 } }), 'spec.workload.produce', /^Must be a text/],
    ['a missing workload', tenant({}), 'spec.workload', /^Is missing\.$/],
    ['an empty name', tenant({ workload }, { name: '' }), 'metadata.name', /^Must not be empty\.$/],
    ['another isolation', tenant({ workload, isolation: 'none' }), 'spec.isolation', /^Must be one of virtual, /],
    [
      'two ways to say how much is read',
      tenant({ workload: { ...workload, consume: '1MB/s', fanOut: 2 } }),
      'spec.workload.fanOut',
      /not both/,
    ],
    ['another version', { ...tenant({ workload }), apiVersion: 'v2' }, 'apiVersion', /kaas.dev\/v1/],
    ['a tenant inside a tenant', tenant({ workload }, { name: 'a', tenant: 'b' }), 'metadata.tenant', /no tenant/],
    [
      'a topic of nobody',
      { apiVersion: API_VERSION, kind: 'Topic', metadata: { name: 'a' }, spec: {} },
      'metadata.tenant',
      /needs the name/,
    ],
    ['an unknown kind', { ...tenant({ workload }), kind: 'Tennant' }, 'kind', /one of KafkaCluster/],
    ['no kind', { apiVersion: API_VERSION }, 'kind', /one of/],
  ])('%s', (_, document, path, message) => {
    const error = refusalOf(document)
    expect(error.code).toBe('document-invalid')
    expect(error.fields).toContainEqual({ path, message: expect.stringMatching(message) })
  })

  it('all faults come at once', () => {
    const error = refusalOf(tenant({ workload: { produce: '0MB/s', retention: 'long' }, adopt: 'yes' }))
    expect(error.fields.map((each) => each.path)).toEqual(['spec.workload.produce', 'spec.workload.retention', 'spec.adopt'])
    expect(error.message).toMatch(/^The Tenant has 3 problems\./)
  })

  it.each([[null], [undefined], ['text'], [5], [[]]])('%j is no document', (value) => {
    expect(refusalOf(value)).toMatchObject({ code: 'document-invalid', help: expect.stringMatching(/apiVersion/) })
  })

  it('a share names a topic, a tenant and a name that Kafka takes, and an alias is another name', () => {
    const share = (name: string, spec: object) => () =>
      parseDocument({ apiVersion: 'kaas.dev/v1', kind: 'TopicShare', metadata: { name, tenant: 'shop' }, spec })
    const spec = { topic: 'sales', with: 'billing', as: 'shop.sales' }
    expect(share('sales-for-billing', spec)()).toMatchObject({ spec: { ...spec, access: 'read' } })
    expect(share('second', { topic: 'sales', with: 'shop', as: 'deals' })()).toMatchObject({ spec: { with: 'shop' } })
    expect(share('Sales', spec)).toThrow('cannot name a share')
    expect(share('s', { ...spec, topic: 'a b' })).toThrow('cannot name a topic')
    expect(share('s', { ...spec, with: 'Billing' })).toThrow('cannot name a tenant')
    expect(share('s', { ...spec, as: 'x'.repeat(250) })).toThrow('cannot name a topic')
    expect(share('s', { topic: 'sales', with: 'shop', as: 'sales' })).toThrow('another name')
    expect(share('s', { ...spec, access: 'delete' })).toThrow('read, write, read-write')
    expect(share('s', { topic: 'sales' })).toThrow('spec.with')
  })

  it('names follow the rules of their kind', () => {
    expect(refusalOf(tenant({ workload }, { name: 'Or.ders' })).code).toBe('name-invalid')
    const user = { apiVersion: API_VERSION, kind: 'User', metadata: { name: 'a.b', tenant: 'orders' }, spec: {} }
    expect(refusalOf(user).code).toBe('name-invalid')
    const topic = { apiVersion: API_VERSION, kind: 'Topic', metadata: { name: 't'.repeat(300), tenant: 'orders' }, spec: {} }
    expect(refusalOf(topic).message).toMatch(/300 characters; at most 242/)
  })
})

describe('kinds', () => {
  it('are found by every way to write them, and what must exist first comes first', () => {
    expect(['Tenant', 'tenants', 'TENANT', 'tenant'].map(resourceKindOf)).toEqual(Array(4).fill('Tenant'))
    expect(resourceKindOf('constructor')).toBeUndefined()
    const order = (kind: (typeof KIND_NAMES)[number]) => KIND_NAMES.indexOf(kind)
    expect(order('Team')).toBeLessThan(order('Tenant'))
    for (const kind of KIND_NAMES.filter((each) => RESOURCE_KINDS[each].scope === 'tenant')) {
      expect(order('Tenant')).toBeLessThan(order(kind))
    }
  })
})

function refusalOf(document: unknown): KaasError {
  try {
    parseDocument(document)
  } catch (error) {
    if (error instanceof KaasError) return error
    throw error
  }
  throw new Error('The document was taken.')
}
