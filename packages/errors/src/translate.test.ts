// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { CODES, type ErrorCode, KaasError, KINDS, toCondition, toExit, toHttp, toKafka } from './index.ts'

const all = Object.keys(CODES) as ErrorCode[]
const refused = new KaasError('limit-exceeded', {
  message: 'The tenant orders has 3 partitions left.',
  help: 'Ask for 3 or less.',
  fields: [{ path: 'spec.partitions', message: 'is 6' }],
})

test('HTTP gets a problem document with code, help and fields', () => {
  expect(toHttp(refused)).toEqual({
    type: 'https://kaas.dev/errors#limit-exceeded',
    title: 'The tenant limit does not allow this',
    status: 422,
    detail: 'The tenant orders has 3 partitions left.',
    code: 'limit-exceeded',
    help: 'Ask for 3 or less.',
    fields: [{ path: 'spec.partitions', message: 'is 6' }],
  })
})

test('HTTP leaves out what is empty', () => {
  const problem = toHttp(new KaasError('not-allowed', { message: 'No.' }))
  expect(Object.keys(problem)).toEqual(['type', 'title', 'status', 'detail', 'code'])
})

test('a bug shows the caller its title only; the message may hold anything', () => {
  const problem = toHttp(new KaasError('internal-bug', { message: 'password=hunter2', cause: new Error('hunter2') }))
  expect(JSON.stringify(problem)).not.toContain('hunter2')
  expect(problem).toMatchObject({ status: 500, detail: 'Something went wrong that should not be possible' })
})

test('Kafka clients learn what kind of resource was forbidden', () => {
  const forbidden = new KaasError('not-allowed', { message: 'No.' })
  expect(toKafka(forbidden)).toBe(29)
  expect(toKafka(forbidden, 'group')).toBe(30)
  expect(toKafka(forbidden, 'cluster')).toBe(31)
  expect(toKafka(forbidden, 'transactionalId')).toBe(53)
  expect(toKafka(refused, 'group')).toBe(44)
})

test('a condition has a reason in UpperCamelCase and says what to do', () => {
  expect(toCondition(refused)).toEqual({
    reason: 'LimitExceeded',
    message: 'The tenant orders has 3 partitions left. Ask for 3 or less.',
  })
})

test.each(all)('%s has one status at every edge, and a reason that Kubernetes takes', (code) => {
  const error = new KaasError(code, { message: 'x' })
  const meaning = KINDS[CODES[code].kind]
  expect(toHttp(error).status).toBe(meaning.http)
  expect(toExit(error)).toBe(meaning.exit)
  expect(toCondition(error).reason).toMatch(/^[A-Z][A-Za-z]{0,1023}$/)
})
