// SPDX-License-Identifier: Apache-2.0
/**
 * AddPartitionsToTxn: partitions that a transaction is about to write. Clients speak v0 to v3; from v4 on it is the
 * brokers' own, for several transactions at once, to verify them (KIP-890).
 */
import { api } from '../api.ts'
import { array, bool, int16, int32, producerId, topicName, transactionalId } from '../schema.ts'

const topic = { name: topicName, partitions: array(int32) }

const partitionResult = { partitionIndex: int32, partitionErrorCode: int16 }

const topicResult = { name: topicName, resultsByPartition: array(partitionResult) }

export const addPartitionsToTxn = api({
  key: 24,
  name: 'AddPartitionsToTxn',
  versions: [0, 5],
  flexible: 3,
  request: {
    /** The brokers' form. */
    transactions: array({
      transactionalId,
      producerId,
      producerEpoch: int16,
      verifyOnly: bool,
      topics: array(topic),
    }).since(4),
    /** The clients' form. */
    v3AndBelowTransactionalId: transactionalId.until(3),
    v3AndBelowProducerId: producerId.until(3),
    v3AndBelowProducerEpoch: int16.until(3),
    v3AndBelowTopics: array(topic).until(3),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(4).ignorable(),
    resultsByTransaction: array({ transactionalId, topicResults: array(topicResult) }).since(4),
    resultsByTopicV3AndBelow: array(topicResult).until(3),
  },
})
