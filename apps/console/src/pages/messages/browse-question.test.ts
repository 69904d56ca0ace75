// SPDX-License-Identifier: Apache-2.0
import { browseQuerySchema } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { type Asked, QUESTION_DEFAULTS, type Question, requestFor } from './browse-question.ts'

const NOW = new Date('2026-11-21T10:00:00Z')

function asked(question: Partial<Question>): Asked {
  return requestFor({ ...QUESTION_DEFAULTS, ...question }, 'Europe/Berlin', NOW)
}

describe('what is asked of a topic', () => {
  test('is what the API takes, whatever a person chose', () => {
    const questions: Partial<Question>[] = [
      {},
      { from: 'tail', partitions: '0,2', filter: ' value.a == 1 ' },
      { from: 'offset', at: '1500', until: '1600', order: 'newest' },
      { from: 'time', at: '2 hours ago', until: '2026-11-21 10:30', limit: '5000', scan: '999999999999' },
      { value: 'int64', key: 'hex', isolation: 'uncommitted', search: 'x', limit: 'many' },
    ]
    for (const question of questions) {
      const answer = asked(question)
      expect(answer.kind, JSON.stringify(question)).toBe('request')
      if (answer.kind === 'request') browseQuerySchema.parse(answer.request)
    }
  })

  test('reads times in the zone that the person chose', () => {
    expect(asked({ from: 'time', at: '2026-11-21 10:30' })).toMatchObject({ request: { time: '2026-11-21T09:30:00.000Z' } })
    expect(asked({ until: '1 hour ago' })).toMatchObject({ request: { untilTime: '2026-11-21T09:00:00.000Z' } })
  })

  test('says at the field what is wrong, before anything is sent', () => {
    expect(asked({ from: 'offset', at: 'soon' })).toMatchObject({ kind: 'problem', field: 'at' })
    expect(asked({ from: 'time', at: 'soon' })).toMatchObject({ kind: 'problem', field: 'at' })
    expect(asked({ until: 'x' })).toMatchObject({ kind: 'problem', field: 'until' })
    expect(asked({ partitions: '1;2' })).toMatchObject({ kind: 'problem', field: 'partitions' })
    expect(asked({ filter: 'x'.repeat(4001) })).toMatchObject({ kind: 'problem', field: 'filter' })
    expect(asked({ from: 'yesterday' })).toMatchObject({ kind: 'problem', field: 'from' })
  })

  test('leaves out what was not asked', () => {
    expect(asked({})).toEqual({
      kind: 'request',
      request: {
        from: 'latest',
        keyFormat: 'auto',
        valueFormat: 'auto',
        limit: 100,
        maxRecords: 1_000_000,
        isolation: 'committed',
      },
    })
  })
})
