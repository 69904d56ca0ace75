// SPDX-License-Identifier: Apache-2.0
import type { WholeMessage } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { EMPTY_PRODUCE_FORM, formOf, produceProblems, recordOf, sameRecord } from './produce-form.ts'

const MESSAGE: WholeMessage = {
  partition: 2,
  offset: 1500,
  timestamp: '2026-11-21T10:00:00.042Z',
  timestampMs: 1,
  timestampType: 'create',
  key: { format: 'int64', text: '7', reason: '', bytes: 8, truncated: false, base64: 'AAAAAAAAAAc=' },
  value: {
    format: 'json',
    text: '{ "id": 23958446825181076828 }',
    reason: '',
    bytes: 30,
    truncated: false,
    base64: 'eyAiaWQiOiAyMzk1ODQ0NjgyNTE4MTA3NjgyOCB9',
  },
  headers: [{ name: 'gone', value: null }],
  bytes: 100,
  compression: 'none',
  transactional: false,
}

describe('the form that writes a record', () => {
  test('sends JSON as it was typed, with every digit', () => {
    const form = { ...EMPTY_PRODUCE_FORM, value: { encoding: 'json', data: '{"id": 23958446825181076828}' } as const }
    expect(produceProblems(form, 3)).toEqual({})
    expect(recordOf(form)).toMatchObject({ value: { encoding: 'json', data: '{"id": 23958446825181076828}' } })
  })

  test('sends a tombstone as nothing at all', () => {
    const form = { ...EMPTY_PRODUCE_FORM, value: { encoding: 'null', data: 'ignored' } as const, partition: '2' }
    expect(recordOf(form)).toMatchObject({ value: { encoding: 'null' }, partition: 2 })
  })

  test('says at each field what is wrong', () => {
    const problems = produceProblems(
      {
        key: { encoding: 'base64', data: 'no!' },
        value: { encoding: 'json', data: '{' },
        headers: [{ name: '', value: { encoding: 'text', data: '' } }],
        partition: '3',
      },
      3,
    )
    expect(Object.keys(problems).sort()).toEqual(['headers.0.name', 'key', 'partition', 'value'])
    expect(problems.partition).toBe('The topic has partitions 0 to 2.')
  })

  test('begins with a message that was read, bytes that are no text as base64', () => {
    expect(formOf(MESSAGE)).toEqual({
      key: { encoding: 'base64', data: 'AAAAAAAAAAc=' },
      value: { encoding: 'json', data: '{ "id": 23958446825181076828 }' },
      headers: [{ name: 'gone', value: { encoding: 'null', data: '' } }],
      partition: '',
    })
  })

  test('sends many again byte by byte', () => {
    expect(sameRecord(MESSAGE)).toEqual({
      key: { encoding: 'base64', data: 'AAAAAAAAAAc=' },
      value: { encoding: 'base64', data: 'eyAiaWQiOiAyMzk1ODQ0NjgyNTE4MTA3NjgyOCB9' },
      headers: [{ name: 'gone', value: { encoding: 'null' } }],
    })
  })
})
