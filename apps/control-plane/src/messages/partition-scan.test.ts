// SPDX-License-Identifier: Apache-2.0
/** The search through one partition, played against a log in memory: nothing is shown twice, nothing is left out, whatever the bounds. */
import type { Message } from '@kaas/http-contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PartitionScan } from './partition-scan.ts'

const NEXT_BATCH = 10

/** Plays Kafka and evaluator: every third offset matches, pieces end at batches, at most `most` matches are kept. */
function play(scan: PartitionScan, backwards: boolean, most: number, pieceRecords: number): readonly number[] {
  const shown: number[] = []
  for (let steps = 0; !scan.isDone || scan.queue.length > 0; steps += 1) {
    if (steps > 10_000) throw new Error('The search does not end.')
    for (const message of scan.queue.splice(0)) shown.push(message.offset)
    const piece = scan.plan()
    if (piece === undefined) continue
    const first = Math.floor(piece.offset / NEXT_BATCH) * NEXT_BATCH
    const end = Math.max(first + NEXT_BATCH, Math.floor((piece.offset + pieceRecords) / NEXT_BATCH) * NEXT_BATCH)
    const next = scan.fetched(end, 1000 * (end - first), true)
    const offsets = Array.from({ length: Math.min(end, piece.to) - piece.offset }, (_, index) => piece.offset + index)
    const matches = offsets.filter((offset) => offset % 3 === 0)
    const kept = backwards ? matches.slice(-most) : matches.slice(0, most)
    const dropped = backwards ? matches.at(-most - 1) : matches[most]
    const cut = matches.length <= most ? undefined : backwards ? (dropped ?? 0) + 1 : dropped
    const messages = kept.map((offset) => ({ offset, timestampMs: offset }) as Message)
    const counts = { scanned: offsets.length, scannedBytes: 0, filterErrors: 0, warnings: [] }
    scan.evaluated({ messages, ...counts, ...(cut === undefined ? {} : { cut }) }, next, most)
  }
  return shown
}

test.each([true, false])('every match of any range is shown once and in order (backwards: %s)', (backwards) => {
  const numbers = fc.tuple(fc.nat(3000), fc.nat(3000), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 400 }))
  fc.assert(
    fc.property(numbers, ([one, other, most, pieceRecords]) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const shown = play(new PartitionScan({ partition: 0, from, to }, backwards, 100_000), backwards, most, pieceRecords)
      const all = Array.from({ length: to - from }, (_, index) => from + index).filter((offset) => offset % 3 === 0)
      expect(shown).toEqual(backwards ? all.reverse() : all)
    }),
    { numRuns: 300 },
  )
})

test('what was found and not shown is where the cursor goes on', () => {
  const scan = new PartitionScan({ partition: 2, from: 0, to: 100 }, true, 1_000_000)
  const piece = scan.plan()
  const messages = [30, 60, 90].map((offset) => ({ offset, timestampMs: offset }) as Message)
  const counts = { scanned: 100, scannedBytes: 0, filterErrors: 0, warnings: [] }
  scan.evaluated({ messages, ...counts }, scan.fetched(100, 1000, true), 10)
  expect(scan.queue.map(({ offset }) => offset)).toEqual([90, 60, 30])
  scan.queue.shift()
  expect(scan.leftRange()).toEqual([2, 0, 61])
  scan.dropLast()
  scan.queue.shift()
  expect(scan.leftRange()).toEqual([2, 0, 31])
  expect(piece && scan.isCurrent(piece)).toBe(false)
})

test('a log that compaction has emptied ends the search instead of waiting for ever', () => {
  const scan = new PartitionScan({ partition: 0, from: 0, to: 100 }, false, 1000)
  for (let tries = 0; tries < 2; tries += 1) expect(scan.fetched(undefined, 0, true)).toBe(0)
  expect(scan.fetched(undefined, 0, true)).toBe(100)
})
