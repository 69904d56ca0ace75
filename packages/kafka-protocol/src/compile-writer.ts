// SPDX-License-Identifier: Apache-2.0
/** The writing half of `compile.ts`: descriptions to closures that write. */
import { KaasError } from '@kaas/errors'
import { Writer } from './bytes.ts'
import type { Dialect } from './dialect.ts'
import { type FieldSpec, type Fields, type PrimitiveType, type Shape, UNKNOWN_TAGS, type UnknownTag } from './schema.ts'

type Values = Readonly<Record<string | symbol, unknown>>
type Write = (writer: Writer, value: never) => void
type WriteField = (writer: Writer, message: Values) => void

/** The longest text that Kafka takes, in bytes, compact or not. */
const MAX_TEXT_BYTES = 0x7fff

/** A closure that writes all fields of one struct, its tagged section included. */
export function compileStructWriter(fields: Fields, dialect: Dialect): (writer: Writer, message: Values) => void {
  const writes: WriteField[] = []
  const tagged: TaggedField[] = []
  for (const [name, { spec }] of Object.entries(fields)) {
    if (dialect.version < spec.since || dialect.version > spec.until) {
      if (!spec.ignorable) writes.push(refusal(name, spec, dialect))
    } else if (spec.tag === undefined) writes.push(fieldWriter(name, spec, dialect))
    else tagged.push({ name, tag: spec.tag, spec, write: fieldWriter(name, spec, dialect) })
  }
  tagged.sort((a, b) => a.tag - b.tag)
  const { flexible } = dialect
  return (writer, message) => {
    for (let i = 0; i < writes.length; i++) (writes[i] as WriteField)(writer, message)
    if (flexible) writeTags(writer, message, tagged)
  }
}

/** Instead of writing a field that this version lacks: its value must be the fallback, for it would be lost. */
function refusal(name: string, spec: FieldSpec, dialect: Dialect): WriteField {
  const versions = spec.until === Number.POSITIVE_INFINITY ? `${spec.since} and later` : `${spec.since} to ${spec.until}`
  return (_, message) => {
    const value = message[name]
    if (value === undefined || equals(value, spec.fallback)) return
    throw new KaasError('not-supported', {
      message: `${dialect.title} cannot carry '${name}': only versions ${versions} can.`,
      help: 'Leave the field out, or use a version that has it.',
    })
  }
}

/** Writes one field: its value, or null, or the fallback when it was left out. */
function fieldWriter(name: string, spec: FieldSpec, dialect: Dialect): WriteField {
  const write = presentWriter(spec, dialect)
  const writeNull = nullWriter(name, spec, dialect)
  const { fallback, required } = spec
  const writeAbsent = (writer: Writer, value: null | undefined): void => {
    if (value === undefined && required) {
      throw new KaasError('internal-bug', { message: `${dialect.title} needs the field '${name}'.` })
    }
    if (value === null || fallback === null) writeNull(writer)
    else write(writer, fallback as never)
  }
  return (writer, message) => {
    const value = message[name]
    if (value === undefined || value === null) writeAbsent(writer, value)
    else write(writer, value as never)
  }
}

/** Writes a value that is there. Before a struct that may be null, a byte says so. */
function presentWriter(spec: FieldSpec, dialect: Dialect): Write {
  const write = shapeWriter(spec.shape, dialect)
  if (spec.shape.kind !== 'struct' || dialect.version < spec.nullableSince) return write
  return (writer, value) => {
    writer.int8(1)
    write(writer, value)
  }
}

/** Writes null, or refuses to where this version cannot say it. */
function nullWriter(name: string, { shape, nullableSince }: FieldSpec, dialect: Dialect): (writer: Writer) => void {
  if (dialect.version < nullableSince) {
    return () => {
      throw new KaasError('not-supported', {
        message: `${dialect.title} cannot carry null in '${name}'.`,
        help: 'Give a value, or use a version that allows null.',
      })
    }
  }
  if (shape.kind === 'struct') return (writer) => writer.int8(-1)
  if (dialect.flexible) return (writer) => writer.int8(0)
  if (shape.kind === 'primitive' && shape.type === 'string') return (writer) => writer.int16(-1)
  return (writer) => writer.int32(-1)
}

function shapeWriter(shape: Shape, dialect: Dialect): Write {
  switch (shape.kind) {
    case 'array':
      return arrayWriter(shape.element, dialect)
    case 'struct':
      return compileStructWriter(shape.fields, dialect)
    case 'primitive':
      return primitiveWriter(shape.type, dialect.flexible)
  }
}

function arrayWriter(element: Shape, dialect: Dialect): Write {
  const write = shapeWriter(element, dialect)
  const { flexible } = dialect
  const isInt32 = element.kind === 'primitive' && element.type === 'int32'
  return (writer, elements: readonly never[]) => {
    if (flexible) writer.uvarint(elements.length + 1)
    else writer.int32(elements.length)
    if (isInt32) writer.int32s(elements)
    else for (let i = 0; i < elements.length; i++) write(writer, elements[i] as never)
  }
}

function primitiveWriter(type: PrimitiveType, flexible: boolean): Write {
  switch (type) {
    case 'bool':
      return (writer, value: boolean) => writer.int8(value ? 1 : 0)
    case 'int8':
      return (writer, value: number) => writer.int8(value)
    case 'int16':
      return (writer, value: number) => writer.int16(value)
    case 'uint16':
      return (writer, value: number) => writer.uint16(value)
    case 'int32':
      return (writer, value: number) => writer.int32(value)
    case 'int64':
      return (writer, value: bigint) => writer.int64(value)
    case 'float64':
      return (writer, value: number) => writer.float64(value)
    case 'uuid':
      return (writer, value: string) => writer.uuid(value)
    case 'string':
      return stringWriter(flexible)
    case 'bytes':
    case 'records':
      return bytesWriter(flexible)
  }
}

function stringWriter(flexible: boolean): Write {
  return (writer, value: string) => {
    const length = Buffer.byteLength(value)
    if (length > MAX_TEXT_BYTES) {
      throw new KaasError('not-supported', {
        message: `A text of ${length} bytes is longer than the ${MAX_TEXT_BYTES} that Kafka takes.`,
      })
    }
    if (flexible) writer.uvarint(length + 1)
    else writer.int16(length)
    writer.text(value, length)
  }
}

function bytesWriter(flexible: boolean): Write {
  return (writer, value: Uint8Array) => {
    if (flexible) writer.uvarint(value.length + 1)
    else writer.int32(value.length)
    writer.bytes(value)
  }
}

interface TaggedField {
  readonly name: string
  readonly tag: number
  readonly spec: FieldSpec
  readonly write: WriteField
}

/** Tagged fields that differ from their fallback, and those not known, in ascending order of tags. */
function writeTags(writer: Writer, message: Values, tagged: readonly TaggedField[]): void {
  const unknown = message[UNKNOWN_TAGS] as readonly UnknownTag[] | undefined
  if (unknown === undefined && tagged.length === 0) {
    writer.int8(0)
    return
  }
  const present = tagged.filter(({ name, spec }) => message[name] !== undefined && !equals(message[name], spec.fallback))
  const all: UnknownTag[] = present.map(({ tag, write }) => ({ tag, bytes: bytesOf(write, message) }))
  if (unknown !== undefined) all.push(...unknown)
  all.sort((a, b) => a.tag - b.tag)
  writer.uvarint(all.length)
  for (const { tag, bytes } of all) {
    writer.uvarint(tag)
    writer.uvarint(bytes.length)
    writer.bytes(bytes)
  }
}

function bytesOf(write: WriteField, message: Values): Buffer {
  const writer = new Writer(128)
  write(writer, message)
  return writer.finish()
}

/** Whether a value says the same as a fallback. Fallbacks are primitives, empty lists and bytes, and structs of such. */
function equals(value: unknown, fallback: unknown): boolean {
  if (value === fallback) return true
  if (typeof value !== 'object' || typeof fallback !== 'object' || value === null || fallback === null) return false
  if (Array.isArray(fallback) || fallback instanceof Uint8Array)
    return (value as ArrayLike<unknown>).length === fallback.length
  if (UNKNOWN_TAGS in value) return false
  return Object.entries(fallback).every(([name, part]) => equals((value as Values)[name] ?? part, part))
}
