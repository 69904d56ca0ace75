// SPDX-License-Identifier: Apache-2.0
/**
 * What `kafkajs` does in each case. Decoders and the fetch request are its own. It cannot write responses, and writes produce
 * requests from records only: there its `Encoder` is used as its own code uses it. Its decoders answer with promises.
 */
import { createRequire } from 'node:module'
import { fetchRequestByName, metadataV5, produceRequest } from './messages.ts'
import { frames } from './ours.ts'

interface Encoder {
  readonly buffer: Buffer
  size(): number
  writeInt8(value: number): Encoder
  writeInt16(value: number): Encoder
  writeInt32(value: number): Encoder
  writeBoolean(value: boolean): Encoder
  writeString(value: string | null): Encoder
  writeBytes(value: Buffer): Encoder
  writeEncoder(value: Encoder): Encoder
  writeArray(values: readonly (Encoder | number)[], type?: 'int32' | 'object'): Encoder
}
interface ResponseCodec {
  decode(body: Buffer): Promise<unknown>
}
type RequestCodec = (arguments_: object) => { encode(): Promise<Encoder> }

const require = createRequire(import.meta.url)
const KafkajsEncoder = require('kafkajs/src/protocol/encoder') as new () => Encoder
const metadata = require('kafkajs/src/protocol/requests/metadata/v5/response') as ResponseCodec
const produce = require('kafkajs/src/protocol/requests/produce/v7/response') as ResponseCodec
const fetch = require('kafkajs/src/protocol/requests/fetch/v11/response') as ResponseCodec
const fetchRequest = require('kafkajs/src/protocol/requests/fetch/v11/request') as RequestCodec

/** The correlation id, which its connection reads before. */
const RESPONSE_HEADER_BYTES = 4

function encodeMetadata(): Buffer {
  const body = new KafkajsEncoder()
    .writeInt32(1)
    .writeInt32(metadataV5.throttleTimeMs)
    .writeArray(metadataV5.brokers.map(encodeBroker))
    .writeString(metadataV5.clusterId)
    .writeInt32(metadataV5.controllerId)
    .writeArray(metadataV5.topics.map(encodeTopic))
  return withLength(body)
}

function encodeBroker({ nodeId, host, port, rack }: (typeof metadataV5.brokers)[number]): Encoder {
  return new KafkajsEncoder().writeInt32(nodeId).writeString(host).writeInt32(port).writeString(rack)
}

function encodeTopic(topic: (typeof metadataV5.topics)[number]): Encoder {
  return new KafkajsEncoder()
    .writeInt16(topic.errorCode)
    .writeString(topic.name)
    .writeBoolean(topic.isInternal)
    .writeArray(topic.partitions.map(encodePartition))
}

function encodePartition(partition: (typeof metadataV5.topics)[number]['partitions'][number]): Encoder {
  return new KafkajsEncoder()
    .writeInt16(partition.errorCode)
    .writeInt32(partition.partitionIndex)
    .writeInt32(partition.leaderId)
    .writeArray(partition.replicaNodes, 'int32')
    .writeArray(partition.isrNodes, 'int32')
    .writeArray(partition.offlineReplicas, 'int32')
}

function encodeProduce(): Buffer {
  const topics = produceRequest.topicData.map(({ name, partitionData }) => {
    const partitions = partitionData.map(({ index, records }) => new KafkajsEncoder().writeInt32(index).writeBytes(records))
    return new KafkajsEncoder().writeString(name).writeArray(partitions)
  })
  const { transactionalId, acks, timeoutMs } = produceRequest
  const body = new KafkajsEncoder().writeString(transactionalId).writeInt16(acks).writeInt32(timeoutMs).writeArray(topics)
  return withLength(startRequest(0, 7).writeEncoder(body))
}

const fetchArguments = {
  ...fetchRequestByName,
  replicaId: -1,
  maxWaitTime: fetchRequestByName.maxWaitMs,
  topics: fetchRequestByName.topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map(({ partition, fetchOffset, partitionMaxBytes }) => ({
      ...{ partition, fetchOffset: fetchOffset.toString(), maxBytes: partitionMaxBytes },
    })),
  })),
}

async function encodeFetch(): Promise<Buffer> {
  const body = await fetchRequest(fetchArguments).encode()
  return withLength(startRequest(1, 11).writeEncoder(body))
}

function startRequest(apiKey: number, apiVersion: number): Encoder {
  return new KafkajsEncoder().writeInt16(apiKey).writeInt16(apiVersion).writeInt32(1).writeString('bench')
}

function withLength(body: Encoder): Buffer {
  return new KafkajsEncoder().writeInt32(body.size()).writeEncoder(body).buffer
}

/** By name of the case. */
export const kafkajs: Readonly<Record<string, () => unknown>> = {
  'Metadata response v5, decode': () => metadata.decode(frames.metadataV5.subarray(RESPONSE_HEADER_BYTES)),
  'Metadata response v5, encode': encodeMetadata,
  'Produce request v7, encode': encodeProduce,
  'Produce response v7, decode': () => produce.decode(frames.produceV7.subarray(RESPONSE_HEADER_BYTES)),
  'Fetch request v11, encode': encodeFetch,
  'Fetch response v11, decode': () => fetch.decode(frames.fetchV11.subarray(RESPONSE_HEADER_BYTES)),
}
