// SPDX-License-Identifier: Apache-2.0
/** From the bytes of a key, value or header to what people read: by the format that was asked for, or by what the bytes look like. */
import { isUtf8 } from 'node:buffer'
import type { ContentFormat, MessageContent } from '@kaas/http-contract'
import { avroDecoder, type Decode } from './avro.ts'
import { parseExact, renderExact } from './exact-json.ts'

/** What was read: the format it has in the end, why, and the value for filters. */
export interface Reading {
  readonly format: Exclude<ContentFormat, 'auto'>
  readonly reason: string
  /** For filters: plain values, integers beyond 2^53 as bigint; text where the format has no structure. */
  readonly value: unknown
  /** What is shown; the bytes as they are when absent. */
  readonly text?: string
  readonly problem?: string
}

/** How keys or values are read. */
export interface ReadingSpec {
  readonly format: ContentFormat
  readonly schema?: string | undefined
  readonly type?: string | undefined
}

/** Reads bytes one way. */
export type ContentReader = (bytes: Buffer) => Reading

/** Beyond this nobody checks whether text is JSON. */
const MOST_CHECKED_BYTES = 4 * 1024 * 1024
/** Magic byte and schema id of the Confluent wire format. */
const WIRE_HEADER_BYTES = 5

/** A reader for `spec`. Throws an Error that says what is wrong with the schema, or that there is none. */
export async function contentReader(spec: ReadingSpec): Promise<ContentReader> {
  const decode = await decoderFor(spec)
  const { format } = spec
  return (bytes) => {
    try {
      if (decode !== undefined) return decoded(bytes, decode)
      return format === 'auto' ? readAuto(bytes) : readAs(format, bytes)
    } catch (error) {
      const problem = `It cannot be read as ${decode?.format ?? format}: ${error instanceof Error ? error.message : error}.`
      return { ...readAuto(bytes), problem }
    }
  }
}

/** What is shown of `bytes` in at most about `mostBytes`. */
export function renderContent(bytes: Buffer, reading: Reading, mostBytes: number): MessageContent {
  const { format, reason, problem } = reading
  const whole = { format, reason, bytes: bytes.length, ...(problem === undefined ? {} : { problem }) }
  if (reading.text !== undefined) {
    const truncated = reading.text.length > mostBytes
    return { ...whole, text: truncated ? cutText(reading.text, mostBytes) : reading.text, truncated }
  }
  if (format === 'hex' || format === 'base64') {
    const shown = format === 'hex' ? Math.floor(mostBytes / 2) : Math.floor(mostBytes / 4) * 3
    return { ...whole, text: bytes.subarray(0, shown).toString(format), truncated: bytes.length > shown }
  }
  return { ...whole, text: cutUtf8(bytes, mostBytes), truncated: bytes.length > mostBytes }
}

interface Decoder {
  readonly format: 'avro' | 'protobuf'
  readonly decode: Decode
}

async function decoderFor({ format, schema, type }: ReadingSpec): Promise<Decoder | undefined> {
  if (format !== 'avro' && format !== 'protobuf' && (format !== 'auto' || schema === undefined)) return undefined
  if (schema === undefined) throw new Error(`Give a schema to read ${format}: no registry is configured.`)
  const looksLikeAvro = /^\s*["{[]/.test(schema)
  if (format === 'avro' || (format === 'auto' && looksLikeAvro)) return { format: 'avro', decode: avroDecoder(schema) }
  const { protobufDecoder } = await import('./protobuf.ts')
  return { format: 'protobuf', decode: protobufDecoder(schema, type) }
}

function decoded(bytes: Buffer, { format, decode }: Decoder): Reading {
  const id = schemaId(bytes)
  const start = id === undefined ? 0 : payloadStart(bytes, format)
  const value = decode(bytes.subarray(start))
  const reason = id === undefined ? 'by the given schema' : `by the given schema; the wire format names schema id ${id}`
  return { format, reason, value, text: renderExact(value) }
}

function readAs(format: ContentFormat, bytes: Buffer): Reading {
  const reason = 'as asked for'
  switch (format) {
    case 'json':
      return { format, reason, value: parseExact(utf8(bytes)) }
    case 'text':
      return { format, reason, value: bytes.toString('utf8') }
    case 'int32':
      return number(format, reason, sized(bytes, 4).readInt32BE(0))
    case 'int64':
      return number(format, reason, sized(bytes, 8).readBigInt64BE(0))
    case 'float32':
      return number(format, reason, sized(bytes, 4).readFloatBE(0))
    case 'float64':
      return number(format, reason, sized(bytes, 8).readDoubleBE(0))
    case 'uuid':
      return uuid(sized(bytes, 16), reason)
    case 'base64':
    case 'hex':
      return { format, reason, value: bytes.toString(format) }
    case 'auto':
    case 'avro':
    case 'protobuf':
      return readAuto(bytes)
    default:
      return format satisfies never
  }
}

function readAuto(bytes: Buffer): Reading {
  if (bytes.length === 0) return { format: 'text', reason: 'empty', value: '' }
  const id = schemaId(bytes)
  if (id !== undefined) {
    const reason = `magic byte 0 and schema id ${id}: Confluent wire format, no registry is configured`
    return { format: 'hex', reason, value: bytes.toString('hex') }
  }
  if (isUtf8(bytes) && (looksLikeJson(bytes) || !hasControls(bytes))) return readText(bytes)
  if (bytes.length === 4) return number('int32', '4 bytes that are not text', bytes.readInt32BE(0))
  if (bytes.length === 8) return number('int64', '8 bytes that are not text', bytes.readBigInt64BE(0))
  if (bytes.length === 16 && isUuid(bytes)) return uuid(bytes, '16 bytes with the version and variant of a UUID')
  return { format: 'hex', reason: 'not valid UTF-8, or with control characters', value: bytes.toString('hex') }
}

function readText(bytes: Buffer): Reading {
  const text = bytes.toString('utf8')
  const plain = { format: 'text', reason: 'valid UTF-8', value: text } as const
  if (!looksLikeJson(bytes)) return plain
  if (bytes.length > MOST_CHECKED_BYTES) return { ...plain, reason: 'valid UTF-8, too large to look whether it is JSON' }
  try {
    return { format: 'json', reason: 'valid UTF-8 that parses as JSON', value: parseExact(text) }
  } catch {
    return { ...plain, reason: 'valid UTF-8 that begins like JSON and is none' }
  }
}

/** An object or a list; what stands alone is text to people. */
function looksLikeJson(bytes: Buffer): boolean {
  const first = bytes.find((byte) => byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13)
  return first === 0x7b || first === 0x5b
}

/** Ids begin at 1 and stay small; text never begins with a zero byte. */
function schemaId(bytes: Buffer): number | undefined {
  if (bytes.length <= WIRE_HEADER_BYTES || bytes[0] !== 0) return undefined
  const id = bytes.readInt32BE(1)
  return id > 0 && id < 10_000_000 ? id : undefined
}

/** Protobuf values carry the path of their message type behind the id: 0 for the first, else a count and so many numbers. */
function payloadStart(bytes: Buffer, format: 'avro' | 'protobuf'): number {
  if (format === 'avro') return WIRE_HEADER_BYTES
  const count = (bytes[WIRE_HEADER_BYTES] as number) >> 1
  return WIRE_HEADER_BYTES + 1 + Math.max(0, count)
}

function number(format: 'int32' | 'int64' | 'float32' | 'float64', reason: string, value: number | bigint): Reading {
  const small = typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
  return { format, reason, value: small, text: String(value) }
}

function uuid(bytes: Buffer, reason: string): Reading {
  const text = bytes.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
  return { format: 'uuid', reason, value: text, text }
}

function isUuid(bytes: Buffer): boolean {
  const version = (bytes[6] as number) >> 4
  return version >= 1 && version <= 8 && (bytes[8] as number) >> 6 === 2
}

function hasControls(bytes: Buffer): boolean {
  const end = Math.min(bytes.length, 4096)
  for (let index = 0; index < end; index += 1) {
    const byte = bytes[index] as number
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return true
  }
  return false
}

function sized(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new Error(`it has ${bytes.length} bytes and not ${length}`)
  return bytes
}

function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error('it is not valid UTF-8')
  return bytes.toString('utf8')
}

/** Without half a character at the end. */
function cutUtf8(bytes: Buffer, mostBytes: number): string {
  if (bytes.length <= mostBytes) return bytes.toString('utf8')
  let end = mostBytes
  for (let back = 0; back < 3 && ((bytes[end] as number) & 0xc0) === 0x80; back += 1) end -= 1
  return bytes.toString('utf8', 0, end)
}

function cutText(text: string, length: number): string {
  const code = text.charCodeAt(length - 1)
  return text.slice(0, code >= 0xd800 && code < 0xdc00 ? length - 1 : length)
}
