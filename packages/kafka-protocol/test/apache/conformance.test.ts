// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { APIS } from '../../src/apis.ts'
import { assignmentFields, subscriptionFields } from '../../src/consumer-protocol.ts'
import type { ApacheMessage } from './apache-message.ts'
import { differencesFromApache, messageDifferences } from './compare-with-apache.ts'

const messages = JSON.parse(
  readFileSync(new URL('kafka-4.3.1-messages.json', import.meta.url), 'utf8'),
) as readonly ApacheMessage[]

function messageNamed(name: string): ApacheMessage {
  return messages.find((message) => message.name === name) as ApacheMessage
}

describe('Descriptions say what Apache Kafka 4.3.1 says', () => {
  test('every API, version, field, order, type, null, tag, default and entity is the same', () => {
    expect(differencesFromApache(APIS, messages)).toEqual([])
  })

  test('the consumer protocol inside group messages is the same', () => {
    expect(messageDifferences(assignmentFields, messageNamed('ConsumerProtocolAssignment'), [0, 3])).toEqual([])
    expect(messageDifferences(subscriptionFields, messageNamed('ConsumerProtocolSubscription'), [0, 3])).toEqual([])
  })

  test('all APIs of the release are compared, and their keys are unique and ascending', () => {
    const keys = APIS.map(({ key }) => key)
    expect(keys).toHaveLength(89)
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b))
  })
})

describe('The comparison sees what a newer Kafka brings', () => {
  const changed = (name: string, change: (message: ApacheMessage) => object) =>
    messages.map((message) => (message.name === name ? { ...message, ...change(message) } : message))

  test('a new API, a new version and a new field are each MISSING', () => {
    const withField = changed('MetadataRequest', ({ fields = [] }) => ({
      validVersions: '0-14',
      fields: [...fields, { name: 'Fresh', type: 'string', versions: '14+' }],
    }))
    const newApi = [
      { ...messageNamed('HeartbeatRequest'), apiKey: 93, name: 'FreshRequest' },
      { ...messageNamed('HeartbeatResponse'), apiKey: 93, name: 'FreshResponse' },
    ]
    expect(differencesFromApache(APIS, [...withField, ...newApi])).toEqual([
      'MISSING Metadata versions 14 to 14',
      'MISSING MetadataRequest.Fresh: string, versions 14+',
      'MISSING API 93 FreshRequest, versions 0-4',
    ])
  })

  test.each([
    ['versions', { versions: '2+' }],
    ['type', { type: 'int64' }],
    ['null allowed in', { nullableVersions: '0+' }],
    ['tag', { tag: 7, taggedVersions: '0+' }],
    ['default', { default: '9' }],
    ['mark', { entityType: 'brokerId' }],
  ])('a field with other %s is DIFFERENT', (what, change) => {
    const other = changed('HeartbeatRequest', ({ fields = [] }) => ({
      fields: fields.map((field) => (field.name === 'GenerationId' ? { ...field, ...change } : field)),
    }))
    const differences = differencesFromApache(APIS, other)
    expect(differences.join('\n')).toContain(`DIFFERENT HeartbeatRequest.GenerationId ${what}`)
  })

  test('fields in another order are DIFFERENT', () => {
    const other = changed('HeartbeatRequest', ({ fields = [] }) => ({ fields: [...fields].reverse() }))
    expect(differencesFromApache(APIS, other).join('\n')).toContain('DIFFERENT HeartbeatRequest order')
  })
})
