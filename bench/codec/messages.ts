// SPDX-License-Identifier: Apache-2.0
/** The messages that all codecs read and write: large metadata, a produce request of six partitions, a fetch of a hundred. */

const BROKERS = 6
const TOPICS = 100
const PARTITIONS = 12
const PRODUCED_PARTITIONS = 6
const FETCHED_PARTITIONS = 100
const BATCH_BYTES = 16 * 1024

const replicas = (partition: number) => [0, 1, 2].map((i) => (partition + i) % BROKERS)
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

const brokers = times(BROKERS, (i) => ({
  nodeId: i,
  host: `broker-${i}.kafka.example.org`,
  port: 9092,
  rack: `zone-${i % 3}`,
}))

/** Metadata v12: 100 topics of 12 partitions. */
export const metadataV12 = {
  throttleTimeMs: 0,
  brokers,
  clusterId: 'Zz6Etk6UuGwPhGxqdepkfS',
  controllerId: 1,
  topics: times(TOPICS, (topic) => ({
    errorCode: 0,
    name: `orders.payments-${topic}`,
    topicId: (topic + 1).toString(16).padStart(32, 'a'),
    isInternal: false,
    partitions: times(PARTITIONS, (partition) => ({
      errorCode: 0,
      partitionIndex: partition,
      leaderId: partition % BROKERS,
      leaderEpoch: 7,
      replicaNodes: replicas(partition),
      isrNodes: replicas(partition),
      offlineReplicas: [] as number[],
    })),
  })),
}

/** The same in v5, which has no topic ids and no leader epochs. */
export const metadataV5 = {
  ...metadataV12,
  topics: metadataV12.topics.map(({ topicId: _, partitions, ...topic }) => ({
    ...topic,
    partitions: partitions.map(({ leaderEpoch: _, ...partition }) => partition),
  })),
}

/** A request of six partitions with 16 KiB of records each, as bytes. */
export const produceRequest = {
  transactionalId: null,
  acks: -1,
  timeoutMs: 30_000,
  topicData: [
    {
      name: 'orders.payments',
      partitionData: times(PRODUCED_PARTITIONS, (index) => ({ index, records: Buffer.alloc(BATCH_BYTES, index) })),
    },
  ],
}

/** Its answer. */
export const produceResponse = {
  responses: [
    {
      name: 'orders.payments',
      partitionResponses: times(PRODUCED_PARTITIONS, (index) => ({
        index,
        errorCode: 0,
        baseOffset: 1_000_000n + BigInt(index),
        logStartOffset: 0n,
      })),
    },
  ],
  throttleTimeMs: 0,
}

const fetchLimits = { maxWaitMs: 500, minBytes: 1, maxBytes: 52_428_800, isolationLevel: 1, sessionId: 0, sessionEpoch: -1 }

/** A request for a hundred partitions by name, as before v13. */
export const fetchRequestByName = {
  ...fetchLimits,
  topics: [
    {
      topic: 'orders.payments',
      partitions: times(FETCHED_PARTITIONS, (partition) => ({
        partition,
        fetchOffset: BigInt(partition) * 1000n,
        partitionMaxBytes: 1_048_576,
      })),
    },
  ],
  forgottenTopicsData: [],
}

/** The same by topic id. */
export const fetchRequestById = {
  ...fetchRequestByName,
  topics: fetchRequestByName.topics.map(({ partitions }) => ({ topicId: 'ab'.repeat(16), partitions })),
}

const fetchedPartitions = times(FETCHED_PARTITIONS, (partitionIndex) => ({
  partitionIndex,
  errorCode: 0,
  highWatermark: 2_000_000n,
  lastStableOffset: 2_000_000n,
  logStartOffset: 0n,
  abortedTransactions: [],
  records: Buffer.alloc(0),
}))
const fetchAnswer = { throttleTimeMs: 0, errorCode: 0, sessionId: 0 }

/** A response of a hundred partitions without records, so that nobody is charged for decoding records. */
export const fetchResponseByName = {
  ...fetchAnswer,
  responses: [{ topic: 'orders.payments', partitions: fetchedPartitions }],
}

/** The same by topic id. */
export const fetchResponseById = { ...fetchAnswer, responses: [{ topicId: 'ab'.repeat(16), partitions: fetchedPartitions }] }
