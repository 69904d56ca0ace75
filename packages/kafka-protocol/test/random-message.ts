// SPDX-License-Identifier: Apache-2.0
/** Random messages made from a description, for property tests: whatever a version can carry, unknown tagged fields included. */
import fc from 'fast-check'
import { type FieldSpec, type Fields, type PrimitiveType, type Shape, UNKNOWN_TAGS } from '../src/schema.ts'

/** What the version is, for a description. */
export interface MessageVersion {
  readonly version: number
  readonly flexible: boolean
}

type Message = Record<string | symbol, unknown>

/** Above every tag that Kafka 4.3 uses. */
const FIRST_UNKNOWN_TAG = 40

/** Messages with every field; a field that the version lacks has its fallback. */
export function randomMessage(fields: Fields, version: MessageVersion): fc.Arbitrary<Message> {
  const known = Object.fromEntries(Object.entries(fields).map(([name, { spec }]) => [name, randomField(spec, version)]))
  const message: fc.Arbitrary<Message> = fc.record(known)
  if (!version.flexible) return message
  const tag = fc.record({ tag: fc.integer({ min: FIRST_UNKNOWN_TAG, max: 2 ** 31 }), bytes: randomBytes() })
  const tags = fc.uniqueArray(tag, { minLength: 1, maxLength: 2, selector: (tag) => tag.tag })
  const ordered = tags.map((tags) => tags.sort((a, b) => a.tag - b.tag))
  return fc.oneof(
    { weight: 4, arbitrary: message },
    { weight: 1, arbitrary: fc.tuple(message, ordered).map(([message, tags]) => ({ ...message, [UNKNOWN_TAGS]: tags })) },
  )
}

function randomField(spec: FieldSpec, version: MessageVersion): fc.Arbitrary<unknown> {
  if (version.version < spec.since || version.version > spec.until) return fc.constant(spec.fallback)
  const value = randomValue(spec.shape, version)
  const nullable = version.version >= spec.nullableSince ? fc.option(value, { freq: 4, nil: null }) : value
  return spec.tag === undefined ? nullable : fc.oneof(fc.constant(spec.fallback), nullable)
}

function randomValue(shape: Shape, version: MessageVersion): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'primitive':
      return randomPrimitive(shape.type)
    case 'array':
      return fc.array(randomValue(shape.element, version), { maxLength: 3 })
    case 'struct':
      return randomMessage(shape.fields, version)
  }
}

function randomPrimitive(type: PrimitiveType): fc.Arbitrary<unknown> {
  switch (type) {
    case 'bool':
      return fc.boolean()
    case 'int8':
      return fc.integer({ min: -0x80, max: 0x7f })
    case 'int16':
      return fc.integer({ min: -0x8000, max: 0x7fff })
    case 'uint16':
      return fc.integer({ min: 0, max: 0xffff })
    case 'int32':
      return fc.integer()
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
    case 'float64':
      return fc.double({ noNaN: true })
    case 'string':
      return fc.string({ unit: 'grapheme', maxLength: 40 })
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'))
    case 'bytes':
    case 'records':
      return randomBytes()
  }
}

function randomBytes(): fc.Arbitrary<Buffer> {
  const short = fc.uint8Array({ maxLength: 40 })
  const long = fc.integer({ min: 1000, max: 9000 }).map((length) => new Uint8Array(length).fill(length % 251))
  return fc.oneof({ weight: 19, arbitrary: short }, { weight: 1, arbitrary: long }).map((bytes) => Buffer.from(bytes))
}
