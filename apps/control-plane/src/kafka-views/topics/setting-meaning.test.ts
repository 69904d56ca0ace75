// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { meaningOf } from './setting-meaning.ts'
import { settingOf } from './topic-settings.ts'

test.each([
  ['retention.ms', '2419200000', '4 weeks'],
  ['retention.ms', '604800000', '1 week'],
  ['retention.ms', '86400000', '1 day'],
  ['retention.ms', '90000000', '1 day 1 hour'],
  ['retention.ms', '5400000', '1 hour 30 minutes'],
  ['retention.ms', '1500', '1 second 500 ms'],
  ['retention.ms', '-1', 'unlimited'],
  ['retention.bytes', '-1', 'unlimited'],
  ['segment.bytes', '1073741824', '1 GiB'],
  ['max.message.bytes', '1048588', '1 MiB'],
  ['local.retention.ms', '-2', 'as the whole topic'],
  ['flush.messages', '9223372036854775807', 'never'],
  ['max.compaction.lag.ms', '9223372036854775807', 'never'],
  ['file.delete.delay.ms', '0', 'at once'],
  ['min.cleanable.dirty.ratio', '0.5', '50 %'],
  ['cleanup.policy', 'compact', 'the newest record of each key is kept'],
  ['unclean.leader.election.enable', 'false', undefined],
  ['leader.replication.throttled.replicas', '', undefined],
])('%s = %s is said as people say it: %s', (name, value, meaning) => {
  expect(meaningOf(name, value)).toBe(meaning)
})

test('only what is other than without the topic’s own word is marked as different', () => {
  const own = { name: 'retention.ms', value: '3600000', source: 'topic' } as const
  expect(settingOf({ ...own, fallback: { value: '604800000', source: 'default' } })).toMatchObject({
    differs: true,
    inherited: '604800000',
    meaning: '1 hour',
    source: 'topic',
  })
  expect(settingOf({ ...own, fallback: { value: '3600000', source: 'brokerDefault' } }).differs).toBe(false)
  expect(settingOf({ name: 'segment.bytes', value: '5', source: 'staticBroker' })).toMatchObject({
    differs: false,
    source: 'broker',
  })
})
