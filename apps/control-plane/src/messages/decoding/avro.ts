// SPDX-License-Identifier: Apache-2.0
/**
 * Avro's binary encoding (specification 1.12) by a schema that the user gives. Here and not by a library, because the known ones make
 * program text from the schema, which comes from whoever may read; and because long integers stay exact here.
 */
import { ByteReader, smallest } from './byte-reader.ts'

/** Reads one value; throws an Error that says what does not fit. */
export type Decode = (bytes: Buffer) => unknown

type Read = (reader: ByteReader) => unknown
type Schema = string | readonly Schema[] | { readonly [name: string]: unknown }

const PRIMITIVES: Readonly<Record<string, Read>> = {
  null: () => null,
  boolean: (reader) => reader.bytes[reader.take(1)] === 1,
  int: (reader) => smallest(reader.varint()),
  long: (reader) => smallest(reader.varint()),
  float: (reader) => finite(reader.bytes.readFloatLE(reader.take(4))),
  double: (reader) => finite(reader.bytes.readDoubleLE(reader.take(8))),
  bytes: (reader) => reader.slice(reader.length(reader.varint())).toString('base64'),
  string: (reader) => reader.slice(reader.length(reader.varint())).toString('utf8'),
}

/** A decoder for the schema in `text`. Throws an Error that says what is wrong with the schema. */
export function avroDecoder(text: string): Decode {
  let schema: Schema
  try {
    schema = JSON.parse(text) as Schema
  } catch (error) {
    throw new Error(`The Avro schema is no JSON: ${error instanceof Error ? error.message : error}`)
  }
  const read = readerFor(schema, '', new Map())
  return (bytes) => {
    const reader = new ByteReader(bytes)
    const value = read(reader)
    if (reader.at !== bytes.length) throw new Error(`${bytes.length - reader.at} bytes are left after the value`)
    return value
  }
}

/** `named` fills as types are met; a type may refer to itself, so it is asked only when a value is read. */
function readerFor(schema: Schema, namespace: string, named: Map<string, Read>): Read {
  if (typeof schema === 'string') return readerOfName(schema, namespace, named)
  if (Array.isArray(schema)) return unionReader(schema, namespace, named)
  if (typeof schema !== 'object' || schema === null)
    throw new Error(`The Avro schema has ${JSON.stringify(schema)} for a type.`)
  const { type } = schema as { readonly type?: unknown }
  switch (type) {
    case 'record':
    case 'error':
      return recordReader(schema as NamedSchema, namespace, named)
    case 'enum':
      return keep(named, schema as NamedSchema, namespace, enumReader(schema as NamedSchema))
    case 'fixed':
      return keep(named, schema as NamedSchema, namespace, fixedReader(schema as NamedSchema))
    case 'array':
      return blocksReader(readerFor((schema as { items: Schema }).items, namespace, named), false)
    case 'map':
      return blocksReader(readerFor((schema as { values: Schema }).values, namespace, named), true)
    default:
      return readerFor(type as Schema, namespace, named)
  }
}

interface NamedSchema {
  readonly name?: unknown
  readonly namespace?: unknown
  readonly fields?: unknown
  readonly symbols?: unknown
  readonly size?: unknown
}

function readerOfName(name: string, namespace: string, named: Map<string, Read>): Read {
  const primitive = Object.hasOwn(PRIMITIVES, name) ? PRIMITIVES[name] : undefined
  if (primitive !== undefined) return primitive
  const full = name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
  const key = named.has(full) ? full : name
  if (!named.has(key)) throw new Error(`The Avro schema does not define "${name}".`)
  return (reader) => reader.deeper(() => named.get(key)?.(reader))
}

function keep(named: Map<string, Read>, { name, namespace: own }: NamedSchema, namespace: string, read: Read): Read {
  if (typeof name !== 'string') throw new Error('A type of the Avro schema has no name.')
  named.set(fullName(name, typeof own === 'string' ? own : namespace), read)
  return read
}

function fullName(name: string, namespace: string): string {
  return name.includes('.') || namespace === '' ? name : `${namespace}.${name}`
}

function recordReader(schema: NamedSchema, outer: string, named: Map<string, Read>): Read {
  const { name, namespace: own, fields } = schema
  if (!Array.isArray(fields)) throw new Error(`The Avro record "${String(name)}" has no list of fields.`)
  const full = fullName(String(name), typeof own === 'string' ? own : outer)
  const namespace = full.includes('.') ? full.slice(0, full.lastIndexOf('.')) : ''
  const parts: (readonly [string, Read])[] = []
  const read = keep(named, schema, outer, (reader) =>
    reader.deeper(() => {
      reader.step()
      return Object.fromEntries(parts.map(([field, part]) => [field, part(reader)]))
    }),
  )
  for (const field of fields as readonly { readonly name?: unknown; readonly type?: unknown }[]) {
    parts.push([String(field.name), readerFor(field.type as Schema, namespace, named)])
  }
  return read
}

function enumReader({ name, symbols }: NamedSchema): Read {
  if (!Array.isArray(symbols)) throw new Error(`The Avro enum "${String(name)}" has no symbols.`)
  return (reader) => {
    const index = Number(reader.varint())
    const symbol: unknown = symbols[index]
    if (symbol === undefined) throw new Error(`the enum "${String(name)}" has no symbol ${index}`)
    return symbol
  }
}

function fixedReader({ name, size }: NamedSchema): Read {
  if (typeof size !== 'number' || size < 0) throw new Error(`The Avro type "${String(name)}" has no size.`)
  return (reader) => reader.slice(size).toString('hex')
}

function unionReader(branches: readonly Schema[], namespace: string, named: Map<string, Read>): Read {
  const readers = branches.map((branch) => readerFor(branch, namespace, named))
  return (reader) => {
    const index = Number(reader.varint())
    const read = readers[index]
    if (read === undefined) throw new Error(`a union has no branch ${index}`)
    return read(reader)
  }
}

/** Arrays and maps come in blocks; a negative count is followed by the block's size in bytes. */
function blocksReader(item: Read, isMap: boolean): Read {
  return (reader) =>
    reader.deeper(() => {
      const values: unknown[] = []
      const entries: (readonly [string, unknown])[] = []
      for (let count = reader.varint(); count !== 0n; count = reader.varint()) {
        if (count < 0n) reader.uvarint()
        for (let left = count < 0n ? -count : count; left > 0n; left -= 1n) {
          reader.step()
          if (isMap) entries.push([PRIMITIVES.string?.(reader) as string, item(reader)])
          else values.push(item(reader))
        }
      }
      return isMap ? Object.fromEntries(entries) : values
    })
}

/** JSON has no NaN. */
function finite(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
