// SPDX-License-Identifier: Apache-2.0
import { ERROR_CODES } from '@kaas/kafka-protocol'
import { expect, test } from 'vitest'
import { kafkaRefusalSeen } from './kafka-refusal-seen.ts'

const asked = { tenant: 'orders', user: 'orders.app', api: 'Metadata', remoteAddress: '192.0.2.1' }

test('who was refused what is told in words, with the first name', () => {
  expect(kafkaRefusalSeen(ERROR_CODES.TOPIC_AUTHORIZATION_FAILED, 'payments', asked)).toEqual({
    ...asked,
    action: 'refuse',
    outcome: 'denied',
    rule: 'topic-authorization-failed',
    message: 'Kafka refused a topic: the rights of the user do not allow it.',
    example: 'payments',
  })
})

test.each(['pass word!', '', 'x'.repeat(250), 'a\nb'])(
  '%j is no name of Kafka and is not told: people type anything',
  (name) => {
    expect(kafkaRefusalSeen(ERROR_CODES.GROUP_AUTHORIZATION_FAILED, name, asked)).not.toHaveProperty('example')
  },
)

test('errors that refuse no right are no events', () => {
  expect(kafkaRefusalSeen(ERROR_CODES.UNKNOWN_TOPIC_OR_PARTITION, 'payments', asked)).toBeUndefined()
})
