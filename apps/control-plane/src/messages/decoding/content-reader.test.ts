// SPDX-License-Identifier: Apache-2.0
/** What people read for bytes, and why; that any bytes are read somehow, and none hurt. */
import type { MessageContent } from '@kaas/http-contract'
import { parse } from 'avsc'
import fc from 'fast-check'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { avroDecoder } from './avro.ts'
import { contentReader, type ReadingSpec, renderContent } from './content-reader.ts'
import { parseExact, renderExact } from './exact-json.ts'
import { protobufDecoder } from './protobuf.ts'

async function read(bytes: Uint8Array, spec: ReadingSpec = { format: 'auto' }, most = 10_000): Promise<MessageContent> {
  const reader = await contentReader(spec)
  return renderContent(Buffer.from(bytes), reader(Buffer.from(bytes)), most)
}

test.each([
  ['{"a": 9007199254740993}', 'json', '{"a": 9007199254740993}', 'valid UTF-8 that parses as JSON'],
  ['[1,2', 'text', '[1,2', 'valid UTF-8 that begins like JSON and is none'],
  ['Straße 🚄', 'text', 'Straße 🚄', 'valid UTF-8'],
  ['', 'text', '', 'empty'],
])('%j is shown as %s with the reason', async (text, format, shown, reason) => {
  expect(await read(Buffer.from(text))).toMatchObject({ format, text: shown, reason, truncated: false })
})

test.each([
  ['0000000cff', 'hex', '0000000cff'],
  ['000000000c0102', 'hex', '000000000c0102'],
  ['ffffff85', 'int32', '-123'],
  ['0020000000000001', 'int64', '9007199254740993'],
  ['018f6b6e7a3c7b2a9c1d2e3f4a5b6c7d', 'uuid', '018f6b6e-7a3c-7b2a-9c1d-2e3f4a5b6c7d'],
  ['fffe00', 'hex', 'fffe00'],
  ['61006262', 'int32', '1627415138'],
])('bytes %s are shown as %s', async (hex, format, text) => {
  expect(await read(Buffer.from(hex, 'hex'))).toMatchObject({ format, text })
})

test('a format that was asked for and does not fit says why, and the bytes are shown as they look', async () => {
  const content = await read(Buffer.from('abc'), { format: 'int64' })
  expect(content).toMatchObject({ format: 'text', text: 'abc', problem: expect.stringContaining('3 bytes and not 8') })
  expect(await read(Buffer.from('{'), { format: 'json' })).toMatchObject({
    problem: expect.stringContaining('read as json'),
  })
})

test('what is long is cut where a character ends, in every format', async () => {
  const content = await read(Buffer.from('🚄'.repeat(1000)), { format: 'auto' }, 101)
  expect(content).toMatchObject({ truncated: true, bytes: 4000, text: '🚄'.repeat(25) })
  expect((await read(Buffer.alloc(1000, 0xff), { format: 'auto' }, 100)).text).toBe('ff'.repeat(50))
})

test('integers of any size survive JSON, and everything else is as JSON.parse has it', () => {
  expect(parseExact('{"a":23958446825181076828,"b":1.5,"c":"12345678901234567890","d":1e30}')).toEqual({
    a: 23958446825181076828n,
    b: 1.5,
    c: '12345678901234567890',
    d: 1e30,
  })
  expect(renderExact({ a: 23958446825181076828n, b: [1n] })).toBe('{"a":23958446825181076828,"b":[1]}')
  const rounded = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (_name, part) => (typeof part === 'bigint' ? Number(part) : part)))
  fc.assert(fc.property(fc.json(), (text) => void expect(rounded(parseExact(text))).toEqual(rounded(JSON.parse(text)))))
})

test('what Avro’s known library writes is read the same', () => {
  const schema = {
    type: 'record',
    name: 'All',
    fields: [
      { name: 'i', type: 'int' },
      { name: 'd', type: 'double' },
      { name: 's', type: 'string' },
      { name: 'b', type: 'boolean' },
      { name: 'list', type: { type: 'array', items: ['null', 'long'] } },
      { name: 'map', type: { type: 'map', values: 'int' } },
    ],
  } as const
  const [type, decode] = [parse(JSON.stringify(schema)), avroDecoder(JSON.stringify(schema))]
  const value = fc.record({
    i: fc.integer(),
    d: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0),
    s: fc.string({ unit: 'grapheme' }),
    b: fc.boolean(),
    list: fc.array(fc.option(fc.integer({ min: -(2 ** 51), max: 2 ** 51 }))),
    map: fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      fc.integer(),
      { noNullPrototype: true },
    ),
  })
  fc.assert(fc.property(value, (each) => void expect(decode(type.toBuffer(each))).toEqual(each)))
})

test('what Protobuf’s known library writes is read the same, packed, nested, mapped and negative', () => {
  const text =
    'syntax = "proto3"; message A { int32 i = 1; sint64 s = 2; double d = 3; repeated int32 list = 4; map<string, A> map = 5; A a = 6; }'
  const [type, decode] = [protobuf.parse(text).root.lookupType('A'), protobufDecoder(text, 'A')]
  const leaf = fc.record({ i: fc.integer(), s: fc.integer(), d: fc.double({ noNaN: true, noDefaultInfinity: true }) })
  const value = fc.record({
    i: fc.integer(),
    list: fc.array(fc.integer(), { minLength: 1 }),
    map: fc.dictionary(fc.string({ minLength: 1 }), leaf, { minKeys: 1, noNullPrototype: true }),
    a: leaf,
  })
  const plain = (each: unknown) => type.toObject(type.fromObject(each as object), { longs: Number })
  fc.assert(
    fc.property(value, (each) => {
      const bytes = type.encode(type.fromObject(each)).finish()
      expect(plain(decode(Buffer.from(bytes)))).toEqual(plain(type.decode(bytes)))
    }),
  )
})

test('long integers are exact to the last bit, where the known library rounds them', () => {
  const decode = avroDecoder('"long"')
  const encode = (value: bigint) => {
    const bytes: number[] = []
    let left = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n))
    for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128)
    return Buffer.from([...bytes, Number(left)])
  }
  fc.assert(
    fc.property(
      fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
      (value) => void expect(BigInt(decode(encode(value)) as bigint)).toBe(value),
    ),
  )
})

test('no bytes and no schema make a decoder hang, crash or claim memory', () => {
  const nested = '{"type":"record","name":"N","fields":[{"name":"n","type":"N"}]}'
  const empties = '{"type":"array","items":"null"}'
  expect(() => avroDecoder(nested)(Buffer.alloc(0))).toThrow(/nested deeper/)
  expect(() => avroDecoder(empties)(Buffer.from('feffffffffffffffff0100', 'hex'))).toThrow(/more than 1000000 values/)
  const decoders = [
    avroDecoder(
      '{"type":"record","name":"R","fields":[{"name":"a","type":["null","string","R"]},{"name":"b","type":"bytes"}]}',
    ),
    protobufDecoder(
      'message A { string s = 1; repeated A more = 2; map<string, A> map = 3; repeated int64 n = 4; }',
      undefined,
    ),
  ]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...decoders), (bytes, decode) => {
      try {
        decode(Buffer.from(bytes))
      } catch (error) {
        expect((error as Error).constructor).toBe(Error)
      }
    }),
    { numRuns: 2000 },
  )
})

test('a schema runs nothing: what looks like program text is only a name', () => {
  const name = 'x"];globalThis.broken=true;//'
  const decode = avroDecoder(JSON.stringify({ type: 'record', name, fields: [{ name, type: 'int' }] }))
  expect(decode(Buffer.from([2]))).toEqual({ [name]: 1 })
  expect('broken' in globalThis).toBe(false)
})
