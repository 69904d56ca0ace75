// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Reader, Writer } from './bytes.ts'

function written(write: (writer: Writer) => void): Buffer {
  const writer = new Writer(8)
  write(writer)
  return writer.finish()
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown instanceof KaasError ? thrown.code : String(thrown)
  }
}

describe('Integers are big-endian and of fixed or variable length', () => {
  test.each<[string, (writer: Writer) => void, string]>([
    ['int8 -1', (writer) => writer.int8(-1), 'ff'],
    ['int16 258', (writer) => writer.int16(258), '0102'],
    ['uint16 65535', (writer) => writer.uint16(65535), 'ffff'],
    ['int32 -2', (writer) => writer.int32(-2), 'fffffffe'],
    ['int64 2^40', (writer) => writer.int64(2n ** 40n), '0000010000000000'],
    ['float64 1.5', (writer) => writer.float64(1.5), '3ff8000000000000'],
    ['uvarint 0', (writer) => writer.uvarint(0), '00'],
    ['uvarint 127', (writer) => writer.uvarint(127), '7f'],
    ['uvarint 128', (writer) => writer.uvarint(128), '8001'],
    ['uvarint 300', (writer) => writer.uvarint(300), 'ac02'],
    ['uvarint 2^32-1', (writer) => writer.uvarint(2 ** 32 - 1), 'ffffffff0f'],
  ])('%s is the bytes that the protocol gives', (_, write, hex) => {
    expect(written(write).toString('hex')).toBe(hex)
  })

  test('every unsigned integer of 32 bits survives as a variable-length integer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        expect(new Reader(written((writer) => writer.uvarint(value))).uvarint()).toBe(value)
      }),
    )
  })

  test.each(['ffffffff10', 'ffffffffff01', '808080808000', 'ffffffffffffffffff01'])(
    'a variable-length integer of more than 32 bits is corrupt: %s',
    (hex) => {
      expect(codeOf(() => new Reader(Buffer.from(hex, 'hex')).uvarint())).toBe('frame-corrupt')
    },
  )

  test.each<[string, (writer: Writer) => void]>([
    ['int8', (writer) => writer.int8(128)],
    ['int16', (writer) => writer.int16(-32_769)],
    ['uint16', (writer) => writer.uint16(-1)],
    ['int32', (writer) => writer.int32(2 ** 31)],
    ['int32 from a fraction', (writer) => writer.int32(0.5)],
    ['int32 in a list', (writer) => writer.int32s([1, Number.NaN])],
    ['int64', (writer) => writer.int64(2n ** 63n)],
  ])('a value that does not fit is refused instead of being cut: %s', (_, write) => {
    expect(codeOf(() => written(write))).toBe('internal-bug')
  })
})

describe('Reading stays within its bounds', () => {
  test('a read beyond the end is corrupt and says where', () => {
    const reader = new Reader(Buffer.from('0001', 'hex'))
    expect(() => reader.int32()).toThrow('4 bytes are needed at offset 0, but only 2 are left.')
  })

  test('a bound inside the buffer holds as the end does', () => {
    const reader = new Reader(Buffer.alloc(100), 0, 3)
    expect(codeOf(() => reader.int32())).toBe('frame-corrupt')
    expect(codeOf(() => reader.bytes(4))).toBe('frame-corrupt')
    expect(codeOf(() => reader.int32s(1))).toBe('frame-corrupt')
  })

  test('bytes are slices of what was read, so that records are not copied', () => {
    const frame = Buffer.from('abcdef')
    expect(new Reader(frame).bytes(3).buffer).toBe(frame.buffer)
  })
})

describe('Writing gives one buffer, or chunks without copies of large bytes', () => {
  const large = Buffer.alloc(10_000, 'x')

  test('large bytes lie where they were written, between smaller ones', () => {
    const writer = new Writer(4)
    writer.int8(1)
    writer.bytes(large)
    writer.bytes(Buffer.from('small'))
    writer.bytes(large)
    const chunks = writer.finishChunks()
    expect(Buffer.concat(chunks)).toEqual(writer.finish())
    expect(writer.length).toBe(writer.finish().length)
    expect(chunks.filter((chunk) => chunk === large)).toHaveLength(2)
  })

  test('what was given out does not change when the writer is used again', () => {
    const writer = new Writer()
    writer.int32(1)
    writer.bytes(large)
    const [buffer, chunks] = [writer.finish(), writer.finishChunks()]
    writer.reset().int32(2)
    expect(buffer.readInt32BE(0)).toBe(1)
    expect(Buffer.concat(chunks).readInt32BE(0)).toBe(1)
    expect(writer.finish().toString('hex')).toBe('00000002')
  })

  test('a uuid is 32 hexadecimal digits, and anything else is refused', () => {
    const uuid = '0123456789abcdef0123456789abcdef'
    expect(new Reader(written((writer) => writer.uuid(uuid))).uuid()).toBe(uuid)
    expect(codeOf(() => written((writer) => writer.uuid('01234567')))).toBe('internal-bug')
    expect(codeOf(() => written((writer) => writer.uuid('z'.repeat(32))))).toBe('internal-bug')
  })
})
