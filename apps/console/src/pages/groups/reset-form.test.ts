// SPDX-License-Identifier: Apache-2.0
import type { GroupAnswer } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { EMPTY_RESET_FORM, parsePartitions, type Reset, type ResetForm, resetOf, sayReset, whyNotNow } from './reset-form.ts'

const NOW = new Date('2026-11-21T10:00:00Z')

function resetFor(form: Partial<ResetForm>): Reset {
  return resetOf({ ...EMPTY_RESET_FORM, ...form }, 'Europe/Berlin', NOW)
}

const GROUP: GroupAnswer = { group: 'billing', type: 'classic', state: 'Empty', members: [], offsets: [] }

describe('the form that moves offsets', () => {
  test('says each target in the words of the API', () => {
    const to = (form: Partial<ResetForm>) => {
      const answer = resetFor(form)
      return answer.kind === 'reset' ? answer.reset.to : answer
    }
    expect(to({ kind: 'latest' })).toEqual({ kind: 'latest' })
    expect(to({ kind: 'time', detail: '2026-11-21 10:30' })).toEqual({ kind: 'time', time: '2026-11-21T09:30:00.000Z' })
    expect(to({ kind: 'offset', detail: '9007199254740993' })).toEqual({ kind: 'offset', offset: '9007199254740993' })
    expect(to({ kind: 'shift', detail: '+1' })).toEqual({ kind: 'shift', by: '1' })
    expect(to({ kind: 'shift', detail: '-100' })).toEqual({ kind: 'shift', by: '-100' })
    expect(to({ kind: 'group', detail: 'audit' })).toEqual({ kind: 'group', group: 'audit' })
  })

  test('moves chosen partitions only, and all when none are chosen', () => {
    expect(resetFor({})).toEqual({ kind: 'reset', reset: { to: { kind: 'earliest' } } })
    expect(resetFor({ topics: { payments: '0,3-5', refunds: '' } })).toMatchObject({
      reset: { topics: [{ topic: 'payments', partitions: [0, 3, 4, 5] }, { topic: 'refunds' }] },
    })
  })

  test('says at the field what is wrong', () => {
    for (const form of [
      { kind: 'time', detail: 'soon' },
      { kind: 'offset', detail: '-1' },
      { kind: 'shift', detail: '0' },
      { kind: 'group', detail: ' ' },
    ] as const)
      expect(resetFor(form), form.kind).toMatchObject({ kind: 'problem', field: 'detail' })
    expect(resetFor({ topics: { payments: 'x' } })).toMatchObject({ kind: 'problem', field: 'topics.payments' })
  })

  test('is said in a sentence before anything moves', () => {
    expect(sayReset({ kind: 'time', detail: '2 hours ago', topics: { payments: '0,3-5', refunds: '' } })).toBe(
      'To: a time 2 hours ago, in payments (0,3-5), refunds.',
    )
    expect(sayReset(EMPTY_RESET_FORM)).toBe('To: earliest, in everything the group reads.')
  })

  test('reads ranges of partitions, and refuses those that would be endless', () => {
    expect(parsePartitions(' 5, 1-3,2 ')).toEqual([1, 2, 3, 5])
    for (const text of ['3-1', '0-99999', '1-', 'a', '1;2']) expect(parsePartitions(text), text).toBeUndefined()
  })
})

describe('a group that cannot be moved now', () => {
  test('names the consumers to stop', () => {
    const members = [{ id: 'a-1', clientId: 'billing', host: '/10.0.0.7', assigned: [] }]
    expect(whyNotNow({ ...GROUP, state: 'Stable', members })).toMatchObject({
      title: 'The group is stable with one member',
      help: expect.stringContaining('billing at 10.0.0.7'),
    })
    expect(whyNotNow(GROUP)).toBeUndefined()
  })
})
