// SPDX-License-Identifier: Apache-2.0
/** A workload as numbers, and in words again. */
import { describe, expect, it } from 'vitest'
import { parseWorkload, renderWorkload } from './workload.ts'

describe('a workload', () => {
  it('is numbers in base units; what was left to the planner stays open', () => {
    expect(parseWorkload({ produce: '5MB/s', consume: '15MB/s', retention: '7d' })).toEqual({
      produceBytesPerSecond: 5_000_000,
      consumeBytesPerSecond: 15_000_000,
      retentionMs: 604_800_000,
    })
  })

  it('is read once unless it says otherwise, by a rate or by a number of readers', () => {
    const common = { produce: '5MiB/s', retention: '1h' }
    expect(parseWorkload(common).consumeBytesPerSecond).toBe(5 * 1024 ** 2)
    expect(parseWorkload({ ...common, fanOut: 2.5 }).consumeBytesPerSecond).toBe(2.5 * 5 * 1024 ** 2)
    expect(parseWorkload({ ...common, consume: '1kB/s' }).consumeBytesPerSecond).toBe(1000)
  })

  it.each([
    ['produce', { produce: '5', retention: '7d' }],
    ['consume', { produce: '5MB/s', consume: '0MB/s', retention: '7d' }],
    ['retention', { produce: '5MB/s', retention: '7' }],
  ])('names the field that is wrong: %s', (field, spec) => {
    expect(() => parseWorkload(spec)).toThrow(
      expect.objectContaining({
        code: 'quantity-invalid',
        fields: [expect.objectContaining({ path: `spec.workload.${field}` })],
      }),
    )
  })

  it('can be said in words that a person can type again', () => {
    const workload = parseWorkload({ produce: '5MB/s', fanOut: 3, retention: '36h', partitions: 12, connections: 40 })
    expect(renderWorkload(workload)).toBe('5MB/s in, 15MB/s out, kept 36h, 12 partitions, 40 connections')
    const rates = parseWorkload({ produce: '5MB/s', retention: '1h', requestsPerSecond: 900, connectionsPerSecond: 7 })
    expect(renderWorkload(rates)).toMatch(/, 900 requests\/s, 7 new connections\/s$/)
  })
})
