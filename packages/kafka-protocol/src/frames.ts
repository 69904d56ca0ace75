// SPDX-License-Identifier: Apache-2.0
/**
 * Whole frames: header and body together, with the length prefix when writing and without it when reading, as that is how a
 * connection needs them. Nothing here knows sockets.
 */
import type { Api, RequestInput, RequestOf, ResponseInput, ResponseOf } from './api.ts'
import { corrupt, Reader, Writer } from './bytes.ts'
import { codecOf } from './codecs.ts'
import {
  type RequestHeaderInput,
  type ResponseHeader,
  readResponseHeader,
  writeRequestHeader,
  writeResponseHeader,
} from './header.ts'

const LENGTH_BYTES = 4
const UNSUPPORTED_VERSION = 35
const API_VERSIONS_KEY = 18

/** Frames are written here one at a time, and copied out: writing never waits for anything. */
const scratch = new Writer(64 * 1024)

/** A request with its length prefix, ready to send. */
export function encodeRequest<A extends Api>(
  api: A,
  version: number,
  header: RequestHeaderInput,
  message: RequestInput<A>,
): Buffer {
  return writtenRequest(api, version, header, message).finish()
}

/** The same as chunks to send in order. Byte strings of 4 KiB and more are the message's own and not copied. */
export function encodeRequestChunks<A extends Api>(
  api: A,
  version: number,
  header: RequestHeaderInput,
  message: RequestInput<A>,
): Uint8Array[] {
  return writtenRequest(api, version, header, message).finishChunks()
}

/** A response with its length prefix, ready to send. */
export function encodeResponse<A extends Api>(
  api: A,
  version: number,
  header: number | ResponseHeader,
  message: ResponseInput<A>,
): Buffer {
  return writtenResponse(api, version, header, message).finish()
}

/** The same as chunks to send in order. Byte strings of 4 KiB and more are the message's own and not copied. */
export function encodeResponseChunks<A extends Api>(
  api: A,
  version: number,
  header: number | ResponseHeader,
  message: ResponseInput<A>,
): Uint8Array[] {
  return writtenResponse(api, version, header, message).finishChunks()
}

/**
 * The body of a request, from where `readRequestHeader` says it starts. Bytes after its end are ignored, as brokers ignore them:
 * librdkafka 2.16 sends some in Metadata v13 and AlterUserScramCredentials.
 */
export function decodeRequestBody<A extends Api>(api: A, version: number, frame: Buffer, bodyOffset: number): RequestOf<A> {
  return codecOf(api, version, 'request').read(new Reader(frame, bodyOffset))
}

/** A response and its header. Bytes after its end are `frame-corrupt`: brokers send none. */
export function decodeResponse<A extends Api>(
  api: A,
  version: number,
  frame: Buffer,
): ResponseHeader & { readonly message: ResponseOf<A> } {
  const reader = new Reader(frame)
  const header = readResponseHeader(reader, api, version)
  const spoken = isVersionRefusal(api, frame) ? 0 : version
  const message = codecOf(api, spoken, 'response').read(reader)
  refuseRest(reader, api, spoken)
  return { ...header, message }
}

/** A broker answers an ApiVersions request that is too new for it in version 0, whatever was asked (KIP-511). */
function isVersionRefusal(api: Api, frame: Buffer): boolean {
  return api.key === API_VERSIONS_KEY && frame.length >= 6 && frame.readInt16BE(LENGTH_BYTES) === UNSUPPORTED_VERSION
}

function refuseRest(reader: Reader, api: Api, version: number): void {
  const rest = reader.end - reader.offset
  if (rest > 0) throw corrupt(`${rest} bytes follow the end of a ${api.name} v${version} message.`)
}

function writtenRequest<A extends Api>(
  api: A,
  version: number,
  header: RequestHeaderInput,
  message: RequestInput<A>,
): Writer {
  const writer = startFrame()
  writeRequestHeader(writer, api, version, header)
  codecOf(api, version, 'request').write(writer, message)
  return endFrame(writer)
}

function writtenResponse<A extends Api>(
  api: A,
  version: number,
  header: number | ResponseHeader,
  message: ResponseInput<A>,
): Writer {
  const writer = startFrame()
  writeResponseHeader(writer, api, version, typeof header === 'number' ? { correlationId: header } : header)
  codecOf(api, version, 'response').write(writer, message)
  return endFrame(writer)
}

function startFrame(): Writer {
  scratch.reset().int32(0)
  return scratch
}

function endFrame(writer: Writer): Writer {
  writer.view.setInt32(0, writer.length - LENGTH_BYTES)
  return writer
}
