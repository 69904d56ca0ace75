// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { apiError } from './api-error.ts'

test.each([
  [401, 'Unauthorized', 'kubernetes-refused', 'does not accept the log-in of the kubeconfig: Unauthorized.'],
  [403, 'kafkas is forbidden: User "x"', 'kubernetes-refused', 'refused to list Kafka: kafkas is forbidden: User "x".'],
  [
    422,
    'spec.partitions: Invalid value: 0',
    'kubernetes-refused',
    'refused to list Kafka (422): spec.partitions: Invalid value: 0.',
  ],
  [429, 'too many requests', 'kubernetes-unavailable', 'it answered 429 to list Kafka: too many requests.'],
  [
    500,
    'failed calling webhook "x"',
    'kubernetes-unavailable',
    'it answered 500 to list Kafka: failed calling webhook "x".',
  ],
  [500, '.datta: field not declared in schema', 'kubernetes-refused', '.datta: field not declared in schema.'],
  [503, 'etcd leader changed', 'kubernetes-unavailable', 'it answered 503'],
])('status %s with "%s" is %s, with the words of the server', (status, message, code, words) => {
  const error = apiError('https://kube.example', 'list Kafka', { status, body: JSON.stringify({ kind: 'Status', message }) })
  expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
})

test('what something between us and the server answers is shown as it is, on one line and not endless', () => {
  const body = `<html>\n  Bad gateway ${'x'.repeat(5000)}`
  const { message } = apiError('https://kube.example', 'list Kafka', { status: 502, body })
  expect(message).toContain('<html> Bad gateway')
  expect(message.length).toBeLessThan(1200)
})
