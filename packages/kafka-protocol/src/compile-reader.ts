// SPDX-License-Identifier: Apache-2.0
/** The reading half of `compile.ts`: descriptions to closures that read. */
import { corrupt, type Reader } from './bytes.ts'
import type { Dialect } from './dialect.ts'
import {
  type Field,
  type FieldSpec,
  type Fields,
  type PrimitiveType,
  type Shape,
  UNKNOWN_TAGS,
  type UnknownTag,
} from './schema.ts'

type Read = (reader: Reader) => unknown
type Values = Record<string | symbol, unknown>

/** The longest text that Kafka takes, in bytes, compact or not. */
const MAX_TEXT_BYTES = 0x7fff

/** A closure that reads all fields of one struct, its tagged section included. */
export function compileStructReader(fields: Fields, dialect: Dialect): (reader: Reader) => Values {
  const entries = Object.entries(fields)
  const names = entries.map(([name]) => name)
  const reads = entries.map(([, { spec }]) => fieldReader(spec, dialect))
  const readTags = dialect.flexible ? tagsReader(entries, dialect) : undefined
  return (reader) => {
    const message: Values = {}
    for (let i = 0; i < reads.length; i++) message[names[i] as string] = (reads[i] as Read)(reader)
    readTags?.(reader, message)
    return message
  }
}

function fieldReader(spec: FieldSpec, dialect: Dialect): Read {
  const { version } = dialect
  if (spec.tag !== undefined || version < spec.since || version > spec.until) {
    const { fallback } = spec
    return () => fallback
  }
  return shapeReader(spec.shape, version >= spec.nullableSince, dialect)
}

function shapeReader(shape: Shape, nullable: boolean, dialect: Dialect): Read {
  switch (shape.kind) {
    case 'array':
      return arrayReader(shape.element, nullable, dialect)
    case 'struct': {
      const read = compileStructReader(shape.fields, dialect)
      return nullable ? (reader) => (readPresence(reader) ? read(reader) : null) : read
    }
    case 'primitive':
      return primitiveReader(shape.type, nullable, dialect.flexible)
  }
}

function primitiveReader(type: PrimitiveType, nullable: boolean, flexible: boolean): Read {
  switch (type) {
    case 'bool':
      return (reader) => reader.int8() !== 0
    case 'int8':
      return (reader) => reader.int8()
    case 'int16':
      return (reader) => reader.int16()
    case 'uint16':
      return (reader) => reader.uint16()
    case 'int32':
      return (reader) => reader.int32()
    case 'int64':
      return (reader) => reader.int64()
    case 'float64':
      return (reader) => reader.float64()
    case 'uuid':
      return (reader) => reader.uuid()
    case 'string':
      return stringReader(nullable, flexible)
    case 'bytes':
    case 'records':
      return bytesReader(nullable, flexible)
  }
}

function stringReader(nullable: boolean, flexible: boolean): Read {
  return (reader) => {
    const length = flexible ? reader.uvarint() - 1 : reader.int16()
    if (length < 0) return absent(reader, length, nullable)
    if (length > MAX_TEXT_BYTES) throw corrupt(`A text before offset ${reader.offset} claims ${length} bytes.`)
    return reader.text(length)
  }
}

function bytesReader(nullable: boolean, flexible: boolean): Read {
  return (reader) => {
    const length = flexible ? reader.uvarint() - 1 : reader.int32()
    return length < 0 ? absent(reader, length, nullable) : reader.bytes(length)
  }
}

function arrayReader(element: Shape, nullable: boolean, dialect: Dialect): Read {
  const read = shapeReader(element, false, dialect)
  const minElementBytes = Math.max(1, minBytesOf(element, dialect))
  const { flexible } = dialect
  const isInt32 = element.kind === 'primitive' && element.type === 'int32'
  return (reader) => {
    const length = flexible ? reader.uvarint() - 1 : reader.int32()
    if (length < 0) return absent(reader, length, nullable)
    if (length * minElementBytes > reader.end - reader.offset) {
      throw corrupt(`A list before offset ${reader.offset} claims ${length} elements, more than the bytes left can hold.`)
    }
    if (isInt32) return reader.int32s(length)
    const elements: unknown[] = new Array(length)
    for (let i = 0; i < length; i++) elements[i] = read(reader)
    return elements
  }
}

/** A length below zero: -1 is null, and only where null is allowed. */
function absent(reader: Reader, length: number, nullable: boolean): null {
  if (nullable && length === -1) return null
  throw corrupt(
    `A length before offset ${reader.offset} is ${length} where ${nullable ? 'only -1 means null' : 'null is not allowed'}.`,
  )
}

/** The byte before a struct that may be null: -1 or 1. */
function readPresence(reader: Reader): boolean {
  const presence = reader.int8()
  if (presence === 1 || presence === -1) return presence === 1
  throw corrupt(`The byte before offset ${reader.offset} is ${presence}; before a struct it is 1, or -1 for null.`)
}

function tagsReader(entries: [string, Field<unknown>][], dialect: Dialect): (reader: Reader, message: Values) => void {
  const known = new Map<number, { readonly name: string; readonly read: Read }>()
  for (const [name, { spec }] of entries) {
    if (spec.tag === undefined || dialect.version < spec.since || dialect.version > spec.until) continue
    known.set(spec.tag, { name, read: shapeReader(spec.shape, dialect.version >= spec.nullableSince, dialect) })
  }
  return (reader, message) => {
    const count = reader.uvarint()
    if (count === 0) return
    const unknown: UnknownTag[] = []
    for (let i = 0; i < count; i++) {
      const tag = reader.uvarint()
      const size = reader.uvarint()
      const field = known.get(tag)
      if (field === undefined) unknown.push({ tag, bytes: reader.bytes(size) })
      else message[field.name] = readWithin(reader, size, field.read)
    }
    if (unknown.length > 0) message[UNKNOWN_TAGS] = unknown
  }
}

/** Reads a tagged field, which must fill the size given for it. */
function readWithin(reader: Reader, size: number, read: Read): unknown {
  const outerEnd = reader.end
  const end = reader.take(size) + size
  reader.offset = end - size
  reader.end = end
  const value = read(reader)
  if (reader.offset !== end) throw corrupt(`A tagged field ends at offset ${reader.offset}, but its size says ${end}.`)
  reader.end = outerEnd
  return value
}

/** The fewest bytes that a value of this shape takes: what bounds the length of a list of it. */
function minBytesOf(shape: Shape, dialect: Dialect): number {
  switch (shape.kind) {
    case 'array':
      return dialect.flexible ? 1 : 4
    case 'struct': {
      const present = Object.values(shape.fields).filter(
        ({ spec }) => spec.tag === undefined && dialect.version >= spec.since && dialect.version <= spec.until,
      )
      const sizes = present.map(({ spec }) =>
        spec.shape.kind === 'struct' && dialect.version >= spec.nullableSince ? 1 : minBytesOf(spec.shape, dialect),
      )
      return sizes.reduce((sum, size) => sum + size, dialect.flexible ? 1 : 0)
    }
    case 'primitive':
      return minPrimitiveBytes(shape.type, dialect.flexible)
  }
}

function minPrimitiveBytes(type: PrimitiveType, flexible: boolean): number {
  switch (type) {
    case 'bool':
    case 'int8':
      return 1
    case 'int16':
    case 'uint16':
      return 2
    case 'int32':
      return 4
    case 'int64':
    case 'float64':
      return 8
    case 'uuid':
      return 16
    case 'string':
      return flexible ? 1 : 2
    case 'bytes':
    case 'records':
      return flexible ? 1 : 4
  }
}
