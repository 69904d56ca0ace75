// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ResponseLine } from './response-line.ts'

test('I1: responses leave in the order of their requests, in whatever order and pieces they become ready', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      (sizes, random) => {
        const sent: string[] = []
        const line = new ResponseLine(
          (bytes) => sent.push(bytes.toString()),
          () => {},
        )
        const places = sizes.map((pieces, index) => ({ place: line.join(), index, pieces, written: 0 }))
        const open = [...places]
        while (open.length > 0) {
          const chosen = (random.next().value ?? 0) % open.length
          const one = open[chosen]
          if (one === undefined) break
          one.written += 1
          const last = one.written === one.pieces
          one.place.write(Buffer.from(`${one.index}.${one.written} `), last)
          if (last) open.splice(chosen, 1)
        }
        expect(sent).toEqual(
          sizes.flatMap((pieces, index) => Array.from({ length: pieces }, (_, n) => `${index}.${n + 1} `)),
        )
        expect([line.length, line.parkedBytes]).toEqual([0, 0])
      },
    ),
  )
})

test('a place that is given up lets the next ones pass', () => {
  const sent: string[] = []
  const line = new ResponseLine(
    (bytes) => sent.push(bytes.toString()),
    () => {},
  )
  const [first, second, third] = [line.join(), line.join(), line.join()]
  third?.write(Buffer.from('third'), true)
  second?.leave()
  expect(sent).toEqual([])
  expect(line.parkedBytes).toBe(5)
  first?.write(Buffer.from('first'), true)
  expect(sent).toEqual(['first', 'third'])
})
