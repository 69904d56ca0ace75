// SPDX-License-Identifier: Apache-2.0
/**
 * Request and response headers. A frame here is what follows the four length bytes. Header v2 (requests) and v1 (responses) of
 * flexible versions have a tagged section; the client id keeps its 16-bit length even there. The answer to ApiVersions never has
 * the section, so that a client can read it before it knows what the broker speaks (KIP-511).
 */
import type { Api } from './api.ts'
import { apiOf } from './apis.ts'
import { corrupt, Reader, type Writer } from './bytes.ts'
import type { UnknownTag } from './schema.ts'

/** What a request header carries beside key and version. */
export interface RequestHeaderInput {
  readonly correlationId: number
  readonly clientId: string | null
  /** Tagged fields of the header. Kafka 4.3 defines none; what a newer client sends survives. */
  readonly tags?: readonly UnknownTag[] | undefined
}

/** What precedes every request. */
export interface RequestHeader extends RequestHeaderInput {
  readonly apiKey: number
  readonly apiVersion: number
  /** Where the body starts in the frame. */
  readonly bodyOffset: number
}

const API_VERSIONS_KEY = 18
const FIXED_HEADER_BYTES = 10

/**
 * Reads the header of any request. A key that is not known is read as header v1, which all keys begin with: refuse such a request,
 * as its body cannot be found. Throws `frame-corrupt` when the frame is shorter than its header.
 */
export function readRequestHeader(frame: Buffer): RequestHeader {
  if (frame.length < FIXED_HEADER_BYTES) throw corrupt(`A request of ${frame.length} bytes is shorter than its header.`)
  const apiKey = frame.readInt16BE(0)
  const apiVersion = frame.readInt16BE(2)
  const correlationId = frame.readInt32BE(4)
  const clientIdBytes = frame.readInt16BE(8)
  const end = FIXED_HEADER_BYTES + Math.max(clientIdBytes, 0)
  if (clientIdBytes < -1 || end > frame.length) throw corrupt(`The client id claims ${clientIdBytes} bytes.`)
  const clientId = clientIdBytes < 0 ? null : frame.toString('utf8', FIXED_HEADER_BYTES, end)
  const api = apiOf(apiKey)
  if (api === undefined || apiVersion < api.flexible) return { apiKey, apiVersion, correlationId, clientId, bodyOffset: end }
  if (frame[end] === 0) return { apiKey, apiVersion, correlationId, clientId, bodyOffset: end + 1 }
  const reader = new Reader(frame, end)
  const tags = readTags(reader)
  return { apiKey, apiVersion, correlationId, clientId, bodyOffset: reader.offset, tags }
}

/** Writes header v1 or v2, as the version asks. */
export function writeRequestHeader(writer: Writer, api: Api, version: number, header: RequestHeaderInput): void {
  writer.int16(api.key)
  writer.int16(version)
  writer.int32(header.correlationId)
  if (header.clientId === null) writer.int16(-1)
  else {
    const length = Buffer.byteLength(header.clientId)
    writer.int16(length)
    writer.text(header.clientId, length)
  }
  if (version >= api.flexible) writeTags(writer, header.tags)
}

/** What precedes every response. */
export interface ResponseHeader {
  readonly correlationId: number
  readonly tags?: readonly UnknownTag[] | undefined
}

/** Reads header v0 or v1, as the version asks, and leaves the reader at the body. */
export function readResponseHeader(reader: Reader, api: Api, version: number): ResponseHeader {
  const correlationId = reader.int32()
  return hasTags(api, version) ? { correlationId, tags: readTags(reader) } : { correlationId }
}

/** Writes header v0 or v1, as the version asks. */
export function writeResponseHeader(writer: Writer, api: Api, version: number, header: ResponseHeader): void {
  writer.int32(header.correlationId)
  if (hasTags(api, version)) writeTags(writer, header.tags)
}

function hasTags(api: Api, version: number): boolean {
  return api.key !== API_VERSIONS_KEY && version >= api.flexible
}

function readTags(reader: Reader): UnknownTag[] | undefined {
  const count = reader.uvarint()
  if (count === 0) return undefined
  const tags: UnknownTag[] = []
  for (let i = 0; i < count; i++) {
    const tag = reader.uvarint()
    tags.push({ tag, bytes: reader.bytes(reader.uvarint()) })
  }
  return tags
}

function writeTags(writer: Writer, tags: readonly UnknownTag[] | undefined): void {
  writer.uvarint(tags?.length ?? 0)
  for (const { tag, bytes } of tags ?? []) {
    writer.uvarint(tag)
    writer.uvarint(bytes.length)
    writer.bytes(bytes)
  }
}
