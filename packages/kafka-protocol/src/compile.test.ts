// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { describe, expect, test } from 'vitest'
import { Reader, Writer } from './bytes.ts'
import { compile } from './compile.ts'
import { array, bytes, type Fields, type InputOf, int8, int32, string, struct, UNKNOWN_TAGS } from './schema.ts'

function codec<F extends Fields>(fields: F, version: number, flexible = false) {
  const { read, write } = compile(fields, { version, flexible, title: `Sample v${version}` })
  return {
    read: (hex: string) => read(new Reader(Buffer.from(hex, 'hex'))),
    write: (message: InputOf<F>) => {
      const writer = new Writer()
      write(writer, message)
      return writer.finish().toString('hex')
    },
  }
}

function problemOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (thrown) {
    return thrown instanceof KaasError ? `${thrown.code}: ${thrown.message}` : String(thrown)
  }
}

describe('Null and empty are told apart', () => {
  const fields = { text: string.nullable(1), list: array(int8).nullable(1), data: bytes.nullable(1) }
  const empty = { text: '', list: [], data: Buffer.alloc(0) }
  const nothing = { text: null, list: null, data: null }

  test('with fixed lengths', () => {
    expect(codec(fields, 1).write(nothing)).toBe('ffffffffffffffffffff')
    expect(codec(fields, 1).read('ffffffffffffffffffff')).toEqual(nothing)
    expect(codec(fields, 1).read(codec(fields, 1).write(empty))).toEqual(empty)
  })

  test('with compact lengths', () => {
    expect(codec(fields, 1, true).write(nothing)).toBe('00000000')
    expect(codec(fields, 1, true).write(empty)).toBe('01010100')
    expect(codec(fields, 1, true).read('00000000')).toEqual(nothing)
    expect(codec(fields, 1, true).read('01010100')).toEqual(empty)
  })

  test('a version without null neither writes nor reads it', () => {
    expect(problemOf(() => codec(fields, 0).write({ ...empty, text: null }))).toMatch(/^not-supported: .*null in 'text'/)
    expect(problemOf(() => codec(fields, 0).read('ffff0000000000000000'))).toMatch(/^frame-corrupt/)
    expect(problemOf(() => codec(fields, 0, true).read('00010100'))).toMatch(/^frame-corrupt/)
  })

  test('a length below -1 is not null but corrupt', () => {
    expect(problemOf(() => codec(fields, 1).read('fffe0000000000000000'))).toMatch(/^frame-corrupt/)
  })

  test('a struct that may be null has a byte before it', () => {
    const maybe = codec({ cursor: struct({ partition: int32 }).orNull() }, 0)
    expect(maybe.write({ cursor: null })).toBe('ff')
    expect(maybe.write({ cursor: { partition: 7 } })).toBe('0100000007')
    expect(maybe.read('ff')).toEqual({ cursor: null })
    expect(problemOf(() => maybe.read('02'))).toMatch(/^frame-corrupt/)
  })
})

describe('A version carries exactly its fields', () => {
  const fields = { first: int32, later: int32.since(2).or(-1), dropped: string.since(2).ignorable(), old: int8.until(1) }

  test('what it lacks reads as the fallback', () => {
    expect(codec(fields, 0).read('0000000105')).toEqual({ first: 1, later: -1, dropped: '', old: 5 })
    expect(codec(fields, 2).read('00000001000000020000')).toEqual({ first: 1, later: 2, dropped: '', old: 0 })
  })

  test('what it lacks may be left out, or be the fallback', () => {
    expect(codec(fields, 0).write({ first: 1 })).toBe('0000000100')
    expect(codec(fields, 0).write({ first: 1, later: -1 })).toBe('0000000100')
  })

  test('a value that would be lost is refused, unless the field may be ignored', () => {
    expect(problemOf(() => codec(fields, 0).write({ first: 1, later: 5 }))).toBe(
      "not-supported: Sample v0 cannot carry 'later': only versions 2 and later can.",
    )
    expect(problemOf(() => codec(fields, 2).write({ first: 1, old: 5 }))).toMatch(/only versions 0 to 1 can/)
    expect(codec(fields, 0).write({ first: 1, dropped: 'lost' })).toBe('0000000100')
  })

  test('a field without a fallback cannot be left out', () => {
    const unchecked = {} as { readonly first: number }
    expect(problemOf(() => codec(fields, 0).write(unchecked))).toBe("internal-bug: Sample v0 needs the field 'first'.")
  })
})

describe('Tagged fields (KIP-482)', () => {
  const fields = {
    leader: struct({ id: int32.or(-1) })
      .since(1)
      .tag(1),
    note: string.orNull().tag(0),
    plain: int8,
  }

  test('are written in the order of tags, and only when they differ from their fallback', () => {
    expect(codec(fields, 1, true).write({ plain: 9 })).toBe('0900')
    expect(codec(fields, 1, true).write({ plain: 9, leader: { id: -1 }, note: null })).toBe('0900')
    expect(codec(fields, 1, true).write({ plain: 9, leader: { id: 2 }, note: 'a' })).toBe('0902000202610105' + '0000000200')
  })

  test('that are not known survive, between those that are', () => {
    const hex = '0903' + '00020261' + '0105' + '0000000200' + '2a03' + 'abcdef'
    const message = codec(fields, 1, true).read(hex)
    expect(message[UNKNOWN_TAGS]).toEqual([{ tag: 42, bytes: Buffer.from('abcdef', 'hex') }])
    expect(codec(fields, 1, true).write(message)).toBe(hex)
  })

  test('that are not known stand in the order of tags, also before those that are', () => {
    const message = { plain: 9, leader: { id: 2 }, [UNKNOWN_TAGS]: [{ tag: 0, bytes: Buffer.from('ab', 'hex') }] }
    const later = codec({ leader: fields.leader, plain: int8 }, 1, true)
    expect(later.write(message)).toBe('0902' + '0001ab' + '0105' + '0000000200')
  })

  test('that do not fill the size given for them are corrupt', () => {
    expect(problemOf(() => codec(fields, 1, true).read('0901' + '0003026100'))).toMatch(/^frame-corrupt: A tagged field/)
    expect(problemOf(() => codec(fields, 1, true).read('0901' + '000102' + '61'))).toMatch(/^frame-corrupt/)
  })

  test('of a later version are not known in an earlier one', () => {
    const message = codec(fields, 0, true).read('0901' + '0105' + '0000000200')
    expect(message.leader).toEqual({ id: -1 })
    expect(message[UNKNOWN_TAGS]).toHaveLength(1)
  })
})

describe('Lengths are checked before anything is allocated', () => {
  test.each([
    ['a list of structs', { list: array({ a: int32, b: int32 }) }, `7fffffff${'00'.repeat(64)}`, false],
    ['a compact list', { list: array(string) }, `ffffffff0f${'01'.repeat(64)}`, true],
    ['bytes', { data: bytes }, `7fffffff${'00'.repeat(64)}`, false],
    ['a text beyond 32767 bytes', { text: string }, `818002${'00'.repeat(40_000)}`, true],
  ] as const)('%s that claims more than is left is corrupt', (_, fields, hex, flexible) => {
    const before = process.memoryUsage().heapUsed
    expect(problemOf(() => codec(fields as Fields, 0, flexible).read(hex))).toMatch(/^frame-corrupt/)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000)
  })

  test('a list is measured by the least that its elements take', () => {
    const pairs = codec({ list: array({ a: int32, b: int32 }) }, 0)
    expect(problemOf(() => pairs.read(`00000003${'00'.repeat(23)}`))).toMatch(/claims 3 elements/)
    expect(pairs.read(`00000003${'00'.repeat(24)}`).list).toHaveLength(3)
  })

  test('a text of more than 32767 bytes cannot be written', () => {
    expect(problemOf(() => codec({ text: string }, 0).write({ text: 'é'.repeat(20_000) }))).toMatch(/^not-supported/)
  })
})
