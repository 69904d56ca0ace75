// SPDX-License-Identifier: Apache-2.0
import { ERROR_CODES } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { kafkaError, throwUnlessOk } from './kafka-error.ts'
import { releaseOf } from './verbs/describe-features.ts'
import { oncePerUser } from './verbs/upsert-scram-credentials.ts'

test.each([
  ['TOPIC_ALREADY_EXISTS', 'resource-exists'],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'resource-absent'],
  ['INVALID_CONFIG', 'kafka-settings-invalid'],
  ['NON_EMPTY_GROUP', 'resource-in-use'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'not-allowed'],
  ['REQUEST_TIMED_OUT', 'kafka-timeout'],
  ['NOT_CONTROLLER', 'kafka-unavailable'],
  ['UNSUPPORTED_VERSION', 'not-supported'],
  ['INVALID_RECORD', 'kafka-refused'],
] as const)('%s means %s, and the message carries both names', (name, code) => {
  const error = kafkaError(ERROR_CODES[name], 'create topic orders.t', 'What Kafka said')
  expect(error.code).toBe(code)
  expect(error.message).toContain(name)
  expect(error.message).toContain('create topic orders.t')
  expect(error.message).toContain('What Kafka said')
  expect(error.help).not.toBe('')
})

test('every error of Kafka becomes an error with a way out', () => {
  for (const code of Object.values(ERROR_CODES)) if (code !== 0) expect(kafkaError(code, 'try').help).toMatch(/\.$/)
  expect(() => throwUnlessOk(0, 'try')).not.toThrow()
})

test('the release of a metadata version is the one that brought it', () => {
  expect([undefined, 14, 20, 22, 25, 30, 31].map(releaseOf)).toEqual([
    undefined,
    '3.6',
    '3.8',
    '4.0',
    '4.0',
    '4.3',
    undefined,
  ])
})

test('Kafka takes a user once per request, so her second credential goes into the next', () => {
  const credentials = ['a1', 'b1', 'a2', 'c1', 'b2'].map((id) => ({ user: id.slice(0, 1), id }))
  expect(oncePerUser(credentials).map((round) => round.map(({ id }) => id))).toEqual([
    ['a1', 'b1', 'c1'],
    ['a2', 'b2'],
  ])
})
