// SPDX-License-Identifier: Apache-2.0
/** AddPartitionsToTxn. */
import { api } from '../api.ts'
import { array, bool, int16, int32, producerId, topicName, transactionalId } from '../schema.ts'

const addPartitionsToTxnTopic = { name: topicName, partitions: array(int32) }

const addPartitionsToTxnPartitionResult = { partitionIndex: int32, partitionErrorCode: int16 }

const addPartitionsToTxnTopicResult = { name: topicName, resultsByPartition: array(addPartitionsToTxnPartitionResult) }

export const addPartitionsToTxn = api({
  key: 24,
  name: 'AddPartitionsToTxn',
  versions: [0, 5],
  flexible: 3,
  request: {
    transactions: array({
      transactionalId,
      producerId,
      producerEpoch: int16,
      verifyOnly: bool,
      topics: array(addPartitionsToTxnTopic),
    }).since(4),
    v3AndBelowTransactionalId: transactionalId.until(3),
    v3AndBelowProducerId: producerId.until(3),
    v3AndBelowProducerEpoch: int16.until(3),
    v3AndBelowTopics: array(addPartitionsToTxnTopic).until(3),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(4).ignorable(),
    resultsByTransaction: array({ transactionalId, topicResults: array(addPartitionsToTxnTopicResult) }).since(4),
    resultsByTopicV3AndBelow: array(addPartitionsToTxnTopicResult).until(3),
  },
})
