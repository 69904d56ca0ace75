// SPDX-License-Identifier: Apache-2.0
import type { Message, ProduceRequest, WholeMessage } from '@kaas/http-contract'
import { describe, expect, test } from 'vitest'
import { resend } from './resend.ts'

function message(partition: number, offset: number, bytes = 10): Message {
  return { partition, offset, bytes, key: null, value: null, headers: [] } as unknown as Message
}

/** Remembers what is written, and refuses partition 9 as Kafka would. */
function target() {
  const written: ProduceRequest[] = []
  return {
    written,
    keepsPartition: true,
    read: async (found: Message) => found as unknown as WholeMessage,
    write: async (request: ProduceRequest) => {
      written.push(request)
      return {
        items: request.records.map(({ partition = 0 }) =>
          partition === 9 ? { partition, problem: 'no such partition' } : { partition, offset: 1 },
        ),
      }
    },
  }
}

describe('sending many messages again', () => {
  test('keeps the order of offsets and small batches', async () => {
    const means = target()
    const done: number[] = []
    const messages = [message(1, 7), message(0, 5, 400_000), message(0, 3, 200_000)]
    const result = await resend(messages, means, (count) => done.push(count), new AbortController().signal)
    expect(result).toEqual({ written: 3, problems: [] })
    expect(means.written.map(({ records }) => records.length)).toEqual([1, 2])
    expect(done).toEqual([1, 3])
  })

  test('says which ones Kafka refused', async () => {
    const result = await resend([message(0, 1), message(9, 2)], target(), () => {}, new AbortController().signal)
    expect(result).toEqual({ written: 1, problems: ['9:2: no such partition'] })
  })

  test('stops between batches', async () => {
    const means = target()
    const controller = new AbortController()
    const messages = Array.from({ length: 120 }, (_, offset) => message(0, offset))
    const result = await resend(messages, means, () => controller.abort(), controller.signal)
    expect(result.written).toBe(50)
    expect(means.written).toHaveLength(1)
  })
})
