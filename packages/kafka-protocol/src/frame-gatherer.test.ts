// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameGatherer } from './frame-gatherer.ts'

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length)
  return Buffer.concat([length, body])
}

function cut(stream: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = []
  let at = 0
  for (let i = 0; at < stream.length; i++) {
    const size = sizes[i % sizes.length] as number
    chunks.push(stream.subarray(at, at + size))
    at += size
  }
  return chunks
}

describe('A byte stream becomes frames', () => {
  test('however it is cut into chunks, from one byte at a time to all at once', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 8 })
    const sizes = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(bodies, sizes, (bodies, sizes) => {
        const gatherer = new FrameGatherer()
        const frames = cut(Buffer.concat(bodies.map(framed)), sizes).flatMap((chunk) => gatherer.push(chunk))
        expect(frames).toEqual(bodies.map((body) => Buffer.from(body)))
        expect(gatherer.pendingBytes).toBe(0)
      }),
    )
  })

  test('without a copy when a frame lies in one chunk', () => {
    const chunk = framed(Buffer.from('whole'))
    expect(new FrameGatherer().push(chunk)[0]?.buffer).toBe(chunk.buffer)
  })

  test('and a large frame of many small chunks is joined once, not once per chunk', () => {
    const stream = framed(Buffer.alloc(20_000_000, 1))
    const gatherer = new FrameGatherer()
    const started = performance.now()
    const frames = cut(stream, [1000]).flatMap((chunk) => gatherer.push(chunk))
    expect(frames.map((frame) => frame.length)).toEqual([20_000_000])
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test.each([
    ['a length prefix of 2 GB', '7fffffff', 100],
    ['a negative length', 'ffffffff', 100],
    ['a length just above the bound', '00000065', 100],
    ['HTTP', Buffer.from('GET / HTTP/1.1').toString('hex'), undefined],
  ])('%s is refused as soon as it is seen', (_, hex, maxBytes) => {
    const gatherer = new FrameGatherer(maxBytes)
    expect(() => gatherer.push(Buffer.from(hex, 'hex'))).toThrow(KaasError)
  })
})
