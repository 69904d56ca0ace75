// SPDX-License-Identifier: Apache-2.0
import { topicSchema } from '@kaas/domain'
import { describe, expect, test } from 'vitest'
import { EMPTY_TOPIC_FORM, parseRetention, sayRetention, topicDocument, topicProblems } from './new-topic.ts'

const BOUNDS = { tenant: 'orders', partitionsLeft: 12, retentionMs: 7 * 86_400_000 }

describe('the form of a topic', () => {
  test('takes retention as people say it', () => {
    expect(parseRetention('4 weeks')).toBe(2_419_200_000)
    expect(parseRetention('7d')).toBe(604_800_000)
    expect(parseRetention('1 day 12 hours')).toBe(129_600_000)
    expect(parseRetention('for ever')).toBe(-1)
    expect(parseRetention('1500ms')).toBe(1500)
    expect(sayRetention('4 weeks')).toBe('4\u00a0weeks, 2,419,200,000 ms')
    for (const text of ['soon', '4', '4 fortnights', 'weeks 4', '1 day and'])
      expect(() => parseRetention(text), text).toThrow()
  })

  test('says at the field what the tenant does not allow, before anything is sent', () => {
    const problems = topicProblems(
      { ...EMPTY_TOPIC_FORM, name: '../etc', partitions: '13', retention: '4 weeks', more: 'what is this' },
      BOUNDS,
    )
    expect(Object.keys(problems).sort()).toEqual(['more', 'name', 'partitions', 'retention'])
    expect(problems.partitions).toBe('The tenant has 12 partitions left.')
    expect(problems.retention).toContain('ordered 1\u00a0week')
  })

  test('does not offer a name twice', () => {
    const bounds = { ...BOUNDS, names: new Set(['payments']) }
    expect(topicProblems({ ...EMPTY_TOPIC_FORM, name: 'payments' }, bounds).name).toContain('already')
    expect(topicProblems({ ...EMPTY_TOPIC_FORM, name: 'payments2' }, bounds).name).toBeUndefined()
  })

  test('becomes a document that the API takes', () => {
    const form = {
      ...EMPTY_TOPIC_FORM,
      name: 'payments',
      partitions: '6',
      retention: '2 days',
      maxMessage: '5MB',
      cleanup: 'compact,delete',
      more: 'min.insync.replicas = 2\n\ncompression.type=zstd',
      description: ' Payments as they are booked ',
    } as const
    expect(topicProblems(form, BOUNDS)).toEqual({})
    expect(topicSchema.parse(topicDocument(form, 'orders'))).toMatchObject({
      metadata: { name: 'payments', tenant: 'orders' },
      spec: {
        partitions: 6,
        description: 'Payments as they are booked',
        config: {
          'retention.ms': '172800000',
          'max.message.bytes': '5000000',
          'cleanup.policy': 'compact,delete',
          'min.insync.replicas': '2',
          'compression.type': 'zstd',
        },
      },
    })
  })
})
