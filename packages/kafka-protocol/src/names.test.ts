// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest'
import type { Api } from './api.ts'
import { APIS } from './apis.ts'
import type { NameKind } from './marks.ts'
import { metadata } from './messages/03-metadata.ts'
import { offsetFetch } from './messages/09-offset-fetch.ts'
import { findCoordinator } from './messages/10-find-coordinator.ts'
import { createTopics } from './messages/19-create-topics.ts'
import { deleteTopics } from './messages/20-delete-topics.ts'
import { createAcls } from './messages/30-create-acls.ts'
import { describeConfigs } from './messages/32-describe-configs.ts'
import { alterClientQuotas } from './messages/49-alter-client-quotas.ts'
import { alterUserScramCredentials } from './messages/51-alter-user-scram-credentials.ts'
import { listTransactions } from './messages/66-list-transactions.ts'
import { consumerGroupHeartbeat } from './messages/68-consumer-group-heartbeat.ts'
import { rewriteNames, visitTopicIds } from './names.ts'
import type { Fields, Shape } from './schema.ts'

/** Marks every name with its kind, so that a test sees which were visited and as what. */
const tell = (kind: NameKind, name: string) => `${kind}:${name}`

function told<T extends object>(api: Api, version: number, direction: 'request' | 'response', message: T): T {
  rewriteNames(api, version, direction, message, tell)
  return message
}

describe('Names are renamed where they are', () => {
  test('at any depth, in lists of texts as well, and not where they are null', () => {
    const message = {
      topics: [
        { name: 'a', partitions: [] },
        { name: null, partitions: [] },
      ],
      brokers: [{ host: 'h' }],
    }
    expect(told(metadata, 12, 'response', message)).toEqual({
      topics: [
        { name: 'topic:a', partitions: [] },
        { name: null, partitions: [] },
      ],
      brokers: [{ host: 'h' }],
    })
    expect(told(deleteTopics, 5, 'request', { topicNames: ['a', 'b'] })).toEqual({ topicNames: ['topic:a', 'topic:b'] })
    expect(told(metadata, 12, 'request', { topics: null })).toEqual({ topics: null })
  })

  test('only in the fields that the version has', () => {
    const message = { groupId: 'g', topics: [{ name: 'a' }], groups: [] }
    expect(told(offsetFetch, 7, 'request', message)).toEqual({
      groupId: 'group:g',
      topics: [{ name: 'topic:a' }],
      groups: [],
    })
    const later = { groupId: '', topics: [], groups: [{ groupId: 'g', topics: [{ name: '', topicId: 'ab' }] }] }
    expect(told(offsetFetch, 10, 'request', later)).toEqual({
      groupId: '',
      topics: [],
      groups: [{ groupId: 'group:g', topics: [{ name: '', topicId: 'ab' }] }],
    })
  })

  test('users, error texts and regular expressions each have a kind of their own', () => {
    const credentials = { deletions: [{ name: 'app', mechanism: 1 }], upsertions: [] }
    expect(told(alterUserScramCredentials, 0, 'request', credentials).deletions).toEqual([
      { name: 'user:app', mechanism: 1 },
    ])
    const created = { topics: [{ name: 'a', errorMessage: "Topic 'a' exists" }] }
    expect(told(createTopics, 7, 'response', created).topics).toEqual([
      { name: 'topic:a', errorMessage: "errorText:Topic 'a' exists" },
    ])
    const heartbeat = { groupId: 'g', subscribedTopicNames: null, subscribedTopicRegex: 'a.*' }
    expect(told(consumerGroupHeartbeat, 1, 'request', heartbeat).subscribedTopicRegex).toBe('topicRegex:a.*')
    const list = { transactionalIdPattern: 't.*' }
    expect(told(listTransactions, 2, 'request', list).transactionalIdPattern).toBe('transactionalIdRegex:t.*')
  })
})

describe('A name whose kind a neighbour decides', () => {
  test('is renamed by that kind: config resources', () => {
    const resources = [2, 4, 32].map((resourceType) => ({ resourceType, resourceName: 'x', configurationKeys: null }))
    const names = told(describeConfigs, 4, 'request', { resources }).resources.map(({ resourceName }) => resourceName)
    expect(names).toEqual(['topic:x', 'x', 'group:x'])
  })

  test('is renamed by that kind: ACL resources, and principals with their type', () => {
    const creations = [2, 3, 4, 5].map((resourceType) => ({
      resourceType,
      resourceName: 'x',
      principal: 'User:a',
      host: '*',
    }))
    const created = told(createAcls, 3, 'request', { creations }).creations
    expect(created.map(({ resourceName }) => resourceName)).toEqual(['topic:x', 'group:x', 'x', 'transactionalId:x'])
    expect(created[0]).toMatchObject({ principal: 'principal:User:a', host: '*' })
  })

  test('is renamed by that kind: quota entities, but not the default entity', () => {
    const entity = [
      { entityType: 'user', entityName: 'app' },
      { entityType: 'client-id', entityName: 'app' },
      { entityType: 'user', entityName: null },
    ]
    const [entry] = told(alterClientQuotas, 1, 'request', { entries: [{ entity, ops: [] }] }).entries
    expect(entry?.entity.map(({ entityName }) => entityName)).toEqual(['user:app', 'app', null])
  })

  test('is renamed by what the neighbour reads as when it was left out: coordinator keys', () => {
    expect(told(findCoordinator, 0, 'request', { key: 'g' })).toEqual({ key: 'group:g' })
    const batch = { keyType: 1, coordinatorKeys: ['t'] }
    expect(told(findCoordinator, 4, 'request', batch).coordinatorKeys).toEqual(['transactionalId:t'])
  })
})

describe('Topic ids', () => {
  test('are all seen, but for the id of no topic', () => {
    const seen: string[] = []
    const topics = ['ab', '00', 'cd'].map((digits) => ({ topicId: digits.repeat(16), name: null, partitions: [] }))
    visitTopicIds(metadata, 12, 'response', { topics }, (id) => seen.push(id))
    visitTopicIds(metadata, 9, 'response', { topics }, (id) => seen.push(id))
    expect(seen).toEqual(['ab'.repeat(16), 'cd'.repeat(16)])
  })

  test('have their mark wherever a uuid is called so', () => {
    const unmarked = APIS.flatMap((api) => [...uuidsOf(api.request), ...uuidsOf(api.response)]).filter(
      ({ name, isTopicId }) => /topicId/i.test(name) !== isTopicId,
    )
    expect(unmarked).toEqual([])
  })
})

function uuidsOf(fields: Fields): { readonly name: string; readonly isTopicId: boolean }[] {
  return Object.entries(fields).flatMap(([name, { spec }]) => uuidsIn(name, spec.shape))
}

function uuidsIn(name: string, shape: Shape): { readonly name: string; readonly isTopicId: boolean }[] {
  if (shape.kind === 'array') return uuidsIn(name, shape.element)
  if (shape.kind === 'struct') return uuidsOf(shape.fields)
  return shape.type === 'uuid' ? [{ name, isTopicId: shape.mark?.kind === 'topicId' }] : []
}
