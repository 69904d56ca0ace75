// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Delivery, type FrameConsumer, FrameSplitter } from './frame-splitter.ts'

const HEAD_BYTES = 8

test('frames come out as they went in, however the network cuts them, whole or in pieces', () => {
  const frames = fc.array(fc.record({ body: fc.uint8Array({ maxLength: 60 }), inPieces: fc.boolean() }), { maxLength: 8 })
  const cuts = fc.array(fc.nat(300), { maxLength: 40 })
  fc.assert(
    fc.property(frames, cuts, (sent, at) => {
      const consumer = new Collector((index) => (sent[index]?.inPieces === true ? 'pieces' : 'whole'))
      const splitter = new FrameSplitter(consumer, HEAD_BYTES, 100)
      for (const chunk of cut(Buffer.concat(sent.map(({ body }) => framed(body))), at)) splitter.push(chunk)
      expect(consumer.frames).toEqual(sent.map(({ body }) => framed(body)))
      expect(splitter.isInsideFrame).toBe(false)
    }),
  )
})

test('what is held is kept and comes out in order after the release', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 8 }), fc.array(fc.nat(100)), (bodies, at) => {
      const consumer = new Collector(() => 'whole')
      const splitter = new FrameSplitter(consumer, HEAD_BYTES, 100)
      consumer.onFrame = () => splitter.hold()
      for (const chunk of cut(Buffer.concat(bodies.map(framed)), at)) splitter.push(chunk)
      for (let round = 0; round < bodies.length; round++) {
        expect(consumer.frames.length).toBeLessThanOrEqual(round + 1)
        splitter.release()
      }
      expect(consumer.frames).toEqual(bodies.map(framed))
    }),
  )
})

test('a whole frame belongs to who takes it, also when the chunk that brought it is overwritten', () => {
  const consumer = new Collector(() => 'whole')
  const frames = [framed(Buffer.from('first')), framed(Buffer.from('second'))]
  const chunk = Buffer.concat(frames)
  new FrameSplitter(consumer, HEAD_BYTES, 100).push(chunk)
  chunk.fill(0)
  expect(consumer.frames).toEqual(frames)
})

test('the bytes of a frame in pieces leave as they come, before the frame is complete', () => {
  const consumer = new Collector(() => 'pieces')
  const splitter = new FrameSplitter(consumer, HEAD_BYTES, 1000)
  splitter.push(framed(Buffer.alloc(500)).subarray(0, 100))
  expect(consumer.pieceBytes).toBe(100)
  expect(splitter.isInsideFrame).toBe(true)
})

test.each([
  ['a 2 GB length', 0x7fff_ffff],
  ['a negative length', -1],
  ['a length one above the bound', 101],
])('%s is refused as soon as the length is there', (_, length) => {
  const consumer = new Collector(() => 'whole')
  const splitter = new FrameSplitter(consumer, HEAD_BYTES, 100)
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(length)
  expect(() => splitter.push(bytes)).toThrow(/between 0 and 100/)
})

test('a raised bound counts from the next frame on', () => {
  const consumer = new Collector(() => 'whole')
  const splitter = new FrameSplitter(consumer, HEAD_BYTES, 100)
  splitter.limitBytes = 200
  splitter.push(framed(Buffer.alloc(150)))
  expect(consumer.frames).toHaveLength(1)
})

class Collector implements FrameConsumer {
  readonly frames: Buffer[] = []
  pieceBytes = 0
  onFrame: () => void = () => {}
  #pieces: Buffer[] = []
  readonly #deliveryOf: (index: number) => Delivery

  constructor(deliveryOf: (index: number) => Delivery) {
    this.#deliveryOf = deliveryOf
  }

  begin(start: Buffer): Delivery {
    const length = start.readInt32BE(0)
    expect(start.length).toBeGreaterThanOrEqual(4 + Math.min(HEAD_BYTES, length))
    expect(start.length).toBeLessThanOrEqual(4 + length)
    return this.#deliveryOf(this.frames.length)
  }

  whole(frame: Buffer): void {
    this.frames.push(frame)
    this.onFrame()
  }

  piece(bytes: Buffer, last: boolean): void {
    this.pieceBytes += bytes.length
    this.#pieces.push(bytes)
    if (last) this.frames.push(Buffer.concat(this.#pieces.splice(0)))
  }
}

function framed(body: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length)
  return Buffer.concat([length, body])
}

function cut(bytes: Buffer, at: readonly number[]): readonly Buffer[] {
  const places = [...new Set([0, ...at.filter((place) => place < bytes.length), bytes.length])].sort((a, b) => a - b)
  return places.slice(1).map((end, index) => Buffer.from(bytes.subarray(places[index], end)))
}
