// SPDX-License-Identifier: Apache-2.0
/** Documents become files: whose text is kept, what bytes a server without the text writes, and which zones a tenant gets. */
import { parseDocument, type Resource, type Tenant } from '@kaas/domain'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { inputFor, platformWith, topic, user, ZONES } from '../../test/manifest-inputs.ts'
import { dedicatedPlanFor, zonesOf } from '../dedicated-plan-for.ts'
import { renderDocumentText } from './document-text.ts'
import { pathsOfTenant, renderDocuments } from './render-documents.ts'
import { RENDERED_HEADER } from './render-yaml.ts'

const platform = platformWith(ZONES[3])
const { tenant, topics, users } = inputFor({})
const documents: readonly Resource[] = [tenant, ...topics, ...users]
const without = (all: readonly Resource[]) => all.map((resource) => ({ resource }))

describe('the documents of a tenant', () => {
  it('are kept as they were written, comments included', () => {
    const text = '# ours\nkind: Tenant # as ordered\n'
    const files = renderDocuments([{ resource: tenant, text }, ...without([topic('orders')])], platform)
    expect(files.get('tenants/shop/tenant.yaml')?.startsWith(`${text}---\napiVersion: kaas.dev/v1\nkind: Topic\n`)).toBe(
      true,
    )
  })

  it('give the same bytes in whichever order a server finds them and their fields', () => {
    const turned = documents.map((each) => reversedFields(each) as Resource).toReversed()
    expect([...renderDocuments(without(turned), platform)].toSorted()).toEqual(
      [...renderDocuments(without(documents), platform)].toSorted(),
    )
  })

  it('read back from their canonical text as the same documents', () => {
    const text = renderDocuments(without(documents), platform).get('tenants/shop/tenant.yaml') ?? ''
    const read = parseAllDocuments(text).map((each) => parseDocument(each.toJS()))
    expect(read.map(({ metadata }) => metadata.name)).toEqual(['shop', 'Clicks_EU', 'orders', 'audit', 'ops', 'web'])
    expect(new Set(read)).toEqual(new Set(documents))
  })

  it('keep neither status nor empty labels in their text', () => {
    const status = { conditions: [], observedGeneration: 4, observed: {} }
    expect(renderDocumentText({ ...tenant, status })).toBe(renderDocumentText(tenant))
    expect(Object.keys(parse(renderDocumentText(tenant)).metadata)).toEqual(['name'])
  })

  it('give files in the places of the tenant only, and all but the documents begin with the header', () => {
    const places = pathsOfTenant('shop')
    for (const [path, text] of renderDocuments(without(documents), platform)) {
      expect(places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place))).toBe(true)
      expect(text.startsWith(RENDERED_HEADER)).toBe(path !== 'tenants/shop/tenant.yaml')
    }
  })

  it('of one tenant change no file of another', () => {
    const bank: Tenant = { ...tenant, metadata: { ...tenant.metadata, name: 'bank' } }
    const [alone, both] = [[tenant], [bank, tenant]].map((all) => renderDocuments(without(all), platform))
    for (const [path, text] of alone ?? []) expect(both?.get(path)).toBe(text)
  })

  it('may be without topics and users', () => {
    const files = renderDocuments(without([tenant]), { ...platform, kafkaLogIn: 'none' })
    expect(parse(files.get('tenants/shop/access/kustomization.yaml') ?? '')).toMatchObject({ resources: [] })
  })

  it.each([
    ['a user without its tenant', [tenant, { ...user('a'), metadata: { ...user('a').metadata, tenant: 'bank' } }]],
    ['the same tenant twice', [tenant, tenant]],
    ['no tenant', [topic('a')]],
  ])('are refused with %s', (_, all) => {
    expect(() => renderDocuments(without(all), platform)).toThrow(expect.objectContaining({ code: 'document-invalid' }))
  })
})

describe('a tenant that asks for its own number of zones', () => {
  const inZones = (zones: number): Tenant => ({ ...tenant, spec: { ...tenant.spec, zones } })

  it('gets the first of the platform, and brokers in each', () => {
    expect(zonesOf(inZones(1), platform)).toEqual(['eu-1a'])
    expect(dedicatedPlanFor(inZones(1), platform)).toMatchObject({ kind: 'fits', zones: 1 })
    const files = renderDocuments(without([inZones(2)]), platform)
    expect([...files.keys()].filter((path) => path.includes('kafkanodepool-eu'))).toEqual([
      'tenants/shop/kafka/kafkanodepool-eu-1a.yaml',
      'tenants/shop/kafka/kafkanodepool-eu-1b.yaml',
    ])
  })

  it('is told how many there are when it asks for more', () => {
    expect(() => dedicatedPlanFor(inZones(4), platform)).toThrow(
      expect.objectContaining({
        code: 'document-invalid',
        message: expect.stringContaining('asks for 4 zones; the platform has 3'),
        fields: [expect.objectContaining({ path: 'spec.zones' })],
      }),
    )
  })
})

/** The same value with every object's fields turned round. */
function reversedFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedFields)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, reversedFields(each)])
      .toReversed(),
  )
}

describe('what was rendered before', () => {
  const order = (workload: object): Resource => ({ ...tenant, spec: { ...tenant.spec, workload } }) as Resource
  const large = renderDocuments(without([order({ produce: '5MB/s', retention: '14d' })]), platform)
  const small = without([order({ produce: '5MB/s', retention: '1d' })])
  const sizeIn = (files: ReadonlyMap<string, string>) =>
    parse(files.get('tenants/shop/kafka/kafkanodepool-eu-1b.yaml') ?? '').spec.storage.volumes[0].size

  it('keeps the disks of a smaller order, and says no more than that', () => {
    const kept = renderDocuments(small, platform, { read: (path) => large.get(path) })
    expect(sizeIn(kept)).toBe(sizeIn(large))
    expect(sizeIn(renderDocuments(small, platform))).not.toBe(sizeIn(large))
    expect(kept.get('tenants/shop/kafka/kafka-shop.yaml')).toContain('log.retention.ms: 86400000')
    expect(renderDocuments(small, platform, { read: (path) => kept.get(path) })).toEqual(kept)
  })

  it('lets a larger order grow, and is no matter when the files there are not ours', () => {
    const larger = without([order({ produce: '5MB/s', retention: '20d' })])
    expect(renderDocuments(larger, platform, { read: (path) => large.get(path) })).toEqual(renderDocuments(larger, platform))
    expect(renderDocuments(small, platform, { read: () => 'nothing: here' })).toEqual(renderDocuments(small, platform))
  })

  it('tells which versions run: the metadata waits for the last broker', () => {
    const old = { kafkaVersion: '4.2.1', kafkaMetadataVersion: '4.2-IV1', settled: true }
    const files = renderDocuments(small, platform, { running: new Map([['shop', old]]) })
    expect(parse(files.get('tenants/shop/kafka/kafka-shop.yaml') ?? '').spec.kafka).toMatchObject({
      version: '4.3.1',
      metadataVersion: '4.2-IV1',
    })
  })
})
