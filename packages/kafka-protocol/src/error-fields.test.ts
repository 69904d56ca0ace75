// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import type { Api } from './api.ts'
import { APIS } from './apis.ts'
import { errorOffsetOf, type NamedThing, visitErrors } from './error-fields.ts'
import { encodeResponse } from './frames.ts'
import { fetch } from './messages/01-fetch.ts'
import { metadata } from './messages/03-metadata.ts'
import { offsetCommit } from './messages/08-offset-commit.ts'
import { heartbeat } from './messages/12-heartbeat.ts'
import { createTopics } from './messages/19-create-topics.ts'
import { describeConfigs } from './messages/32-describe-configs.ts'

const LENGTH_AND_ID = 8
const CODE = 0x1234

test('errors deep inside are found with the name of what they are about', () => {
  const partitions = [
    { partitionIndex: 0, errorCode: 0 },
    { partitionIndex: 1, errorCode: 29 },
  ]
  expect(errorsIn(offsetCommit, 9, { topics: [{ name: 'orders.payments', partitions }] })).toEqual([
    [29, { kind: 'topic', name: 'orders.payments' }],
  ])
})

test('what a neighbour says decides the kind of name', () => {
  const results = [
    { errorCode: 29, resourceType: 2, resourceName: 'orders.payments' },
    { errorCode: 31, resourceType: 4, resourceName: '0' },
  ]
  expect(errorsIn(describeConfigs, 4, { results })).toEqual([
    [29, { kind: 'topic', name: 'orders.payments' }],
    [31, undefined],
  ])
})

test('settings that a user may not see are no refusal of the topic that was made', () => {
  expect(errorsIn(createTopics, 7, { topics: [{ name: 'orders.a', errorCode: 0, topicConfigErrorCode: 29 }] })).toEqual([])
})

test('an answer without errors, and one without a name, say so', () => {
  expect(errorsIn(metadata, 12, { topics: [{ errorCode: 0, name: 'orders.a', partitions: [] }] })).toEqual([])
  expect(errorsIn(metadata, 12, { topics: [{ errorCode: 3, name: null, partitions: [] }] })).toEqual([[3, undefined]])
  expect(errorsIn(heartbeat, 4, { errorCode: 27 })).toEqual([[27, undefined]])
})

test('in every API and version the place of the error code of the whole response is where it is written', () => {
  let tried = 0
  for (const api of APIS) {
    for (let version = api.versions[0]; version <= api.versions[1]; version += 1) {
      const offset = errorOffsetOf(api, version)
      if (offset === undefined) continue
      tried += 1
      const before = emptyResponse(api, version, 0)
      const after = emptyResponse(api, version, CODE)
      // A flexible header has one byte of tags; ApiVersions has none, so that clients of any age can read it.
      const body = LENGTH_AND_ID + (version >= api.flexible && api.name !== 'ApiVersions' ? 1 : 0)
      expect(after.readInt16BE(body + offset), `${api.name} v${version}`).toBe(CODE)
      after.writeInt16BE(0, body + offset)
      expect(after, `${api.name} v${version}`).toEqual(before)
    }
  }
  expect(tried).toBeGreaterThan(150)
  expect(errorOffsetOf(fetch, 17)).toBe(4)
  expect(errorOffsetOf(metadata, 12)).toBeUndefined()
})

function errorsIn(api: Api, version: number, response: object): (readonly [number, NamedThing | undefined])[] {
  const found: (readonly [number, NamedThing | undefined])[] = []
  visitErrors(api, version, response, (code, about) => found.push([code, about]))
  return found
}

/** With the fallback of each field, which every description has. */
function emptyResponse(api: Api, version: number, errorCode: number): Buffer {
  const fields = Object.entries(api.response).filter(([, { spec }]) => version >= spec.since && version <= spec.until)
  const message = Object.fromEntries(fields.map(([name, { spec }]) => [name, spec.fallback]))
  return encodeResponse(api, version, 5, { ...message, errorCode } as never)
}
