// SPDX-License-Identifier: Apache-2.0
/**
 * What `@platformatic/kafka` does in each case. Decoders and the fetch request are its own. It cannot write responses, and writes
 * produce requests from records only: there its `Writer` is used as its own code uses it.
 */
import { fetchV13, metadataV12 as metadataApi, produceV9, Reader, Writer } from '@platformatic/kafka'
import { fetchRequestById, metadataV12, produceRequest } from './messages.ts'
import { frames } from './ours.ts'

/** Correlation id and tagged section, which its connection reads before. */
const RESPONSE_HEADER_BYTES = 5

function encodeMetadata(): Buffer {
  const writer = Writer.create()
    .appendInt32(1)
    .appendTaggedFields()
    .appendInt32(metadataV12.throttleTimeMs)
    .appendArray(metadataV12.brokers, (w, broker) => {
      w.appendInt32(broker.nodeId).appendString(broker.host).appendInt32(broker.port).appendString(broker.rack)
    })
    .appendString(metadataV12.clusterId)
    .appendInt32(metadataV12.controllerId)
    .appendArray(metadataV12.topics, (w, topic) => {
      w.appendInt16(topic.errorCode)
        .appendString(topic.name)
        .appendUUID(topic.topicId)
        .appendBoolean(topic.isInternal)
        .appendArray(topic.partitions, appendPartition)
        .appendInt32(-2147483648)
    })
    .appendTaggedFields()
  return withLength(writer)
}

function appendPartition(w: Writer, partition: (typeof metadataV12.topics)[number]['partitions'][number]): void {
  w.appendInt16(partition.errorCode)
    .appendInt32(partition.partitionIndex)
    .appendInt32(partition.leaderId)
    .appendInt32(partition.leaderEpoch)
    .appendArray(partition.replicaNodes, (w, node) => w.appendInt32(node), true, false)
    .appendArray(partition.isrNodes, (w, node) => w.appendInt32(node), true, false)
    .appendArray(partition.offlineReplicas, (w, node) => w.appendInt32(node), true, false)
}

function writeProduce(): Writer {
  const writer = startRequest(0, 9)
    .appendString(produceRequest.transactionalId)
    .appendInt16(produceRequest.acks)
    .appendInt32(produceRequest.timeoutMs)
    .appendArray(produceRequest.topicData, (w, topic) => {
      w.appendString(topic.name).appendArray(topic.partitionData, (w, { index, records }) => {
        w.appendInt32(index).appendBytes(records)
      })
    })
    .appendTaggedFields()
  return writer.prependLength()
}

const fetchTopics = fetchRequestById.topics.map(({ topicId, partitions }) => ({
  topicId,
  partitions: partitions.map((partition) => ({ ...partition, currentLeaderEpoch: -1, lastFetchedEpoch: -1 })),
}))

function encodeFetch(): Buffer {
  const { maxWaitMs, minBytes, maxBytes, isolationLevel, sessionId, sessionEpoch } = fetchRequestById
  const writer = startRequest(1, 13)
  const body = fetchV13.createRequest(
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel,
    sessionId,
    sessionEpoch,
    fetchTopics,
    [],
    '',
  )
  return withLength(writer.appendFrom(body))
}

function startRequest(apiKey: number, apiVersion: number): Writer {
  const writer = Writer.create().appendInt16(apiKey).appendInt16(apiVersion)
  return writer.appendInt32(1).appendString('bench', false).appendTaggedFields()
}

function withLength(writer: Writer): Buffer {
  return writer.prependLength().buffer
}

/** By name of the case. */
export const platformatic: Readonly<Record<string, () => unknown>> = {
  'Metadata response v12, decode': () =>
    metadataApi.parseResponse(1, 3, 12, Reader.from(frames.metadataV12.subarray(RESPONSE_HEADER_BYTES))),
  'Metadata response v12, encode': encodeMetadata,
  'Produce request v9, encode': () => writeProduce().buffer,
  'Produce request v9, encode to chunks': () => writeProduce().buffers,
  'Produce response v9, decode': () =>
    produceV9.parseResponse(1, 0, 9, Reader.from(frames.produceV9.subarray(RESPONSE_HEADER_BYTES))),
  'Fetch request v13, encode': encodeFetch,
  'Fetch response v13, decode': () =>
    fetchV13.parseResponse(1, 1, 13, Reader.from(frames.fetchV13.subarray(RESPONSE_HEADER_BYTES))),
}
