// SPDX-License-Identifier: Apache-2.0
/**
 * Protobuf's wire format by a .proto text that the user gives. protobufjs reads the text; the values are read here, because its decoder
 * makes program text from the schema, and because 64-bit integers stay exact here.
 */
import protobuf from 'protobufjs'
import type { Decode } from './avro.ts'
import { ByteReader, smallest } from './byte-reader.ts'

/** A decoder for the message `typeName` of the .proto in `text`; for the first one without a name. Throws what is wrong with them. */
export function protobufDecoder(text: string, typeName: string | undefined): Decode {
  // A snippet without a syntax line is meant as proto3 today, and proto2 to the parser.
  const whole = /^\s*(syntax|edition)\s*=/m.test(text) ? text : `syntax = "proto3";\n${text}`
  const { root } = protobuf.parse(whole, { keepCase: true })
  const type = typeName === undefined ? firstType(root) : lookUp(root, typeName)
  root.resolveAll()
  return (bytes) => readMessage(new ByteReader(bytes), type)
}

function lookUp(root: protobuf.Root, name: string): protobuf.Type {
  try {
    return root.lookupType(name)
  } catch {
    throw new Error(`The .proto has no message "${name}".`)
  }
}

function firstType(space: protobuf.NamespaceBase): protobuf.Type {
  for (const each of space.nestedArray) {
    if (each instanceof protobuf.Type) return each
    if (each instanceof protobuf.Namespace && each.nestedArray.length > 0) return firstType(each)
  }
  throw new Error('The .proto has no message.')
}

function readMessage(reader: ByteReader, type: protobuf.Type): unknown {
  return reader.deeper(() => {
    const values: Record<string, unknown> = {}
    while (reader.at < reader.end) {
      reader.step()
      const tag = Number(reader.uvarint() & 0xffffffffn)
      const [id, wire] = [tag >>> 3, tag & 7]
      if (id === 0) throw new Error('a field has the number 0')
      const field = type.fieldsById[id]
      if (field === undefined) set(values, `#${id}`, readUnknown(reader, wire))
      else readField(reader, field, wire, values)
    }
    return values
  })
}

function readField(reader: ByteReader, field: protobuf.Field, wire: number, values: Record<string, unknown>): void {
  if (field instanceof protobuf.MapField) {
    const entry = within(reader, () => readEntry(reader, field))
    const map = (Object.hasOwn(values, field.name) ? values[field.name] : {}) as Record<string, unknown>
    set(map, String(entry[0]), entry[1])
    set(values, field.name, map)
    return
  }
  if (!field.repeated) {
    set(values, field.name, readValue(reader, field, wire))
    return
  }
  const list = (Object.hasOwn(values, field.name) ? values[field.name] : []) as unknown[]
  set(values, field.name, list)
  if (wire !== 2 || expectedWire(field) === 2) {
    list.push(readValue(reader, field, wire))
    return
  }
  within(reader, () => {
    while (reader.at < reader.end) {
      reader.step()
      list.push(readValue(reader, field, expectedWire(field)))
    }
  })
}

function readEntry(reader: ByteReader, field: protobuf.MapField): readonly [unknown, unknown] {
  let [key, value]: [unknown, unknown] = ['', null]
  while (reader.at < reader.end) {
    const tag = Number(reader.uvarint() & 0xffffffffn)
    if (tag >>> 3 === 1) key = readScalar(reader, field.keyType, tag & 7)
    else if (tag >>> 3 === 2) value = readValue(reader, field, tag & 7)
    else readUnknown(reader, tag & 7)
  }
  return [key, value]
}

function readValue(reader: ByteReader, field: protobuf.FieldBase, wire: number): unknown {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Type) {
    if (wire !== 2) throw new Error(`the field "${field.name}" is no message`)
    return within(reader, () => readMessage(reader, resolvedType))
  }
  if (resolvedType instanceof protobuf.Enum) {
    const number = Number(BigInt.asIntN(32, reader.uvarint()))
    return resolvedType.valuesById[number] ?? number
  }
  return readScalar(reader, field.type, wire)
}

type Scalar = readonly [wire: number, read: (reader: ByteReader) => unknown]

const SCALARS: Readonly<Record<string, Scalar>> = {
  double: [1, (reader) => finite(reader.bytes.readDoubleLE(reader.take(8)))],
  float: [5, (reader) => finite(reader.bytes.readFloatLE(reader.take(4)))],
  int32: [0, (reader) => Number(BigInt.asIntN(32, reader.uvarint()))],
  uint32: [0, (reader) => Number(BigInt.asUintN(32, reader.uvarint()))],
  sint32: [0, (reader) => Number(BigInt.asIntN(32, reader.varint()))],
  int64: [0, (reader) => smallest(BigInt.asIntN(64, reader.uvarint()))],
  uint64: [0, (reader) => smallest(reader.uvarint())],
  sint64: [0, (reader) => smallest(reader.varint())],
  fixed32: [5, (reader) => reader.bytes.readUInt32LE(reader.take(4))],
  sfixed32: [5, (reader) => reader.bytes.readInt32LE(reader.take(4))],
  fixed64: [1, (reader) => smallest(reader.bytes.readBigUInt64LE(reader.take(8)))],
  sfixed64: [1, (reader) => smallest(reader.bytes.readBigInt64LE(reader.take(8)))],
  bool: [0, (reader) => reader.uvarint() !== 0n],
  string: [2, (reader) => reader.slice(reader.length(reader.uvarint())).toString('utf8')],
  bytes: [2, (reader) => reader.slice(reader.length(reader.uvarint())).toString('base64')],
}

function readScalar(reader: ByteReader, type: string, wire: number): unknown {
  const scalar = SCALARS[type]
  if (scalar === undefined) throw new Error(`the type "${type}" is not in the .proto; imports cannot be followed`)
  if (scalar[0] !== wire) throw new Error(`a field of type ${type} has the wire type ${wire}`)
  return scalar[1](reader)
}

function expectedWire({ type, resolvedType }: protobuf.Field): number {
  if (resolvedType instanceof protobuf.Enum) return 0
  return resolvedType === null ? (SCALARS[type]?.[0] ?? 2) : 2
}

function readUnknown(reader: ByteReader, wire: number): unknown {
  switch (wire) {
    case 0:
      return smallest(reader.uvarint())
    case 1:
      return reader.slice(8).toString('hex')
    case 2:
      return reader.slice(reader.length(reader.uvarint())).toString('base64')
    case 5:
      return reader.slice(4).toString('hex')
    default:
      throw new Error(`a field has the wire type ${wire}`)
  }
}

/** Reads what a length says, and nothing beyond it. */
function within<T>(reader: ByteReader, read: () => T): T {
  const outer = reader.end
  const length = reader.length(reader.uvarint())
  const end = reader.at + length
  reader.end = end
  const value = read()
  reader.at = end
  reader.end = outer
  return value
}

/** A field may be called `__proto__`. */
function set(values: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true })
}

function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
