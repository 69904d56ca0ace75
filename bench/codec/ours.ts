// SPDX-License-Identifier: Apache-2.0
/** What `@kaas/kafka-protocol` does in each case, and the frames that the other codecs read. */
import {
  decodeRequestBody,
  decodeResponse,
  encodeRequest,
  encodeRequestChunks,
  encodeResponse,
  fetch,
  metadata,
  produce,
  readRequestHeader,
} from '@kaas/kafka-protocol'
import {
  fetchRequestById,
  fetchRequestByName,
  fetchResponseById,
  fetchResponseByName,
  metadataV5,
  metadataV12,
  produceRequest,
  produceResponse,
} from './messages.ts'

const HEADER = { correlationId: 1, clientId: 'bench' }
const LENGTH_BYTES = 4

/** Frames as they come from a connection, without their length. */
export const frames = {
  metadataV12: encodeResponse(metadata, 12, 1, metadataV12).subarray(LENGTH_BYTES),
  metadataV5: encodeResponse(metadata, 5, 1, metadataV5).subarray(LENGTH_BYTES),
  produceRequest: encodeRequest(produce, 9, HEADER, produceRequest).subarray(LENGTH_BYTES),
  produceV9: encodeResponse(produce, 9, 1, produceResponse).subarray(LENGTH_BYTES),
  produceV7: encodeResponse(produce, 7, 1, produceResponse).subarray(LENGTH_BYTES),
  fetchV13: encodeResponse(fetch, 13, 1, fetchResponseById).subarray(LENGTH_BYTES),
  fetchV11: encodeResponse(fetch, 11, 1, fetchResponseByName).subarray(LENGTH_BYTES),
}

function decodeProduceRequest(): unknown {
  const header = readRequestHeader(frames.produceRequest)
  return decodeRequestBody(produce, header.apiVersion, frames.produceRequest, header.bodyOffset)
}

/** By name of the case. */
export const ours: Readonly<Record<string, () => unknown>> = {
  'Metadata response v12, decode': () => decodeResponse(metadata, 12, frames.metadataV12),
  'Metadata response v5, decode': () => decodeResponse(metadata, 5, frames.metadataV5),
  'Metadata response v12, encode': () => encodeResponse(metadata, 12, 1, metadataV12),
  'Metadata response v5, encode': () => encodeResponse(metadata, 5, 1, metadataV5),
  'Produce request v9, encode': () => encodeRequest(produce, 9, HEADER, produceRequest),
  'Produce request v7, encode': () => encodeRequest(produce, 7, HEADER, produceRequest),
  'Produce request v9, encode to chunks': () => encodeRequestChunks(produce, 9, HEADER, produceRequest),
  'Produce request v9, decode': decodeProduceRequest,
  'Produce response v9, decode': () => decodeResponse(produce, 9, frames.produceV9),
  'Produce response v7, decode': () => decodeResponse(produce, 7, frames.produceV7),
  'Fetch request v13, encode': () => encodeRequest(fetch, 13, HEADER, fetchRequestById),
  'Fetch request v11, encode': () => encodeRequest(fetch, 11, HEADER, fetchRequestByName),
  'Fetch response v13, decode': () => decodeResponse(fetch, 13, frames.fetchV13),
  'Fetch response v11, decode': () => decodeResponse(fetch, 11, frames.fetchV11),
  'Fetch response v13, encode': () => encodeResponse(fetch, 13, 1, fetchResponseById),
}
