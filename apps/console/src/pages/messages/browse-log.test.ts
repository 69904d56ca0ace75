// SPDX-License-Identifier: Apache-2.0
import type { BrowseEvent, Message } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { EMPTY_LOG, isFull, MOST_KEPT, MOST_OF_TAIL, messageId, parseMessageId, takeEvents } from './browse-log.ts'

function found(partition: number, offset: number, timestampMs = offset): BrowseEvent {
  const message: Message = {
    partition,
    offset,
    timestamp: new Date(Math.max(0, timestampMs)).toISOString(),
    timestampMs,
    timestampType: 'create',
    key: null,
    value: null,
    headers: [],
    bytes: 0,
    compression: 'none',
    transactional: false,
  }
  return { kind: 'message', message }
}

const COUNTS = { scanned: 10, scannedBytes: 1000, shown: 2, elapsedMs: 5, perSecond: 2000, filterErrors: 0 }

describe('the log of a browse', () => {
  test('puts messages of all partitions into one order, newest or oldest first', () => {
    const events = [found(0, 1), found(1, 7), found(0, 5)]
    expect(takeEvents(EMPTY_LOG, events, 'newest').messages.map(messageId)).toEqual(['1:7', '0:5', '0:1'])
    expect(takeEvents(EMPTY_LOG, events, 'oldest').messages.map(messageId)).toEqual(['0:1', '0:5', '1:7'])
  })

  test('keeps the newest of a tail that runs for hours, and says how many it let go', () => {
    const begin = Array.from({ length: MOST_OF_TAIL }, (_, offset) => found(0, offset))
    const first = takeEvents(EMPTY_LOG, begin, 'newest', MOST_OF_TAIL)
    const more = [found(0, MOST_OF_TAIL), found(0, MOST_OF_TAIL + 1)]
    const log = takeEvents(first, more, 'newest', MOST_OF_TAIL)
    expect(log.messages).toHaveLength(MOST_OF_TAIL)
    expect(log.messages[0]?.offset).toBe(MOST_OF_TAIL + 1)
    expect(log.dropped).toBe(2)
  })

  test('puts what comes later between what is there, and keeps all of it until the browser has had enough', () => {
    const first = takeEvents(EMPTY_LOG, [found(0, 1), found(0, 5), found(0, 9)], 'newest')
    const log = takeEvents(first, [found(1, 10), found(1, 0), found(1, 5), found(1, 7)], 'newest')
    expect(log.messages.map(messageId)).toEqual(['1:10', '0:9', '1:7', '1:5', '0:5', '0:1', '1:0'])
    expect(isFull(log)).toBe(false)
    expect(isFull({ ...log, characters: 60_000_000 })).toBe(true)
    expect(isFull({ ...log, messages: new Array(MOST_KEPT) })).toBe(true)
  })

  test('knows how far it came and how it ended', () => {
    const log = takeEvents(
      EMPTY_LOG,
      [
        { kind: 'started', partitions: [{ partition: 0, from: 0, to: 20 }], total: 20 },
        { kind: 'progress', ...COUNTS, partitionsLeft: 1, left: 10 },
        { kind: 'warning', partition: 3, message: 'has no leader' },
        { kind: 'done', reason: 'limit', ...COUNTS, scanned: 20, cursor: 'next' },
      ],
      'newest',
    )
    expect(log).toMatchObject({
      phase: 'done',
      end: 'limit',
      cursor: 'next',
      total: 20,
      warnings: ['Partition 3: has no leader'],
      progress: { scanned: 20, left: 0 },
    })
  })

  test('keeps what was found when the server reports a problem', () => {
    const problem = { type: 'x', title: 'x', status: 400, code: 'document-invalid', detail: 'no', retriable: false }
    const log = takeEvents(EMPTY_LOG, [found(0, 1), { kind: 'problem', problem } as unknown as BrowseEvent], 'newest')
    expect(log.phase).toBe('failed')
    expect(log.messages).toHaveLength(1)
  })

  test('names messages such that links find them again', () => {
    expect(parseMessageId(messageId({ partition: 3, offset: 1500 }))).toEqual({ partition: 3, offset: 1500 })
    expect(parseMessageId('3:x')).toBeUndefined()
    expect(parseMessageId('')).toBeUndefined()
  })
})
