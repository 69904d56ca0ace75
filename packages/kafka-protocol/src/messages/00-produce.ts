// SPDX-License-Identifier: Apache-2.0
/**
 * Produce: appends record batches. KIP-98 added transactions (v3), KIP-467 errors per record (v8), KIP-951 the new leader
 * and its address in a refusal (v10), KIP-890 adds partitions to a transaction implicitly (v12), KIP-516 replaced topic
 * names by ids (v13). Brokers advertise v0 for the sake of old librdkafka, but speak none before v3. With `acks` 0 there
 * is no response at all: on a failure the broker closes the connection.
 */
import { api } from '../api.ts'
import {
  array,
  brokerId,
  errorText,
  host,
  int16,
  int32,
  int64,
  records,
  string,
  struct,
  topicId,
  topicName,
  transactionalId,
} from '../schema.ts'

export const produce = api({
  key: 0,
  name: 'Produce',
  versions: [3, 13],
  flexible: 9,
  request: {
    transactionalId: transactionalId.orNull(),
    /** 0 is no answer, 1 the leader, -1 all in-sync replicas. */
    acks: int16,
    timeoutMs: int32,
    topicData: array({
      name: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitionData: array({
        index: int32,
        /** Exactly one batch since v3. */
        records: records.nullable(),
      }),
    }),
  },
  response: {
    responses: array({
      name: topicName.until(12).ignorable(),
      topicId: topicId.since(13).ignorable(),
      partitionResponses: array({
        index: int32,
        errorCode: int16,
        /** -1 after an error. */
        baseOffset: int64,
        /** -1 unless the topic stamps records with its own time. */
        logAppendTimeMs: int64.or(-1n),
        logStartOffset: int64.since(5).or(-1n).ignorable(),
        recordErrors: array({ batchIndex: int32, batchIndexErrorMessage: errorText.orNull() }).since(8).ignorable(),
        errorMessage: errorText.since(8).orNull().ignorable(),
        /** Only with NOT_LEADER_OR_FOLLOWER; the address is in `nodeEndpoints`. */
        currentLeader: struct({ leaderId: brokerId.or(-1), leaderEpoch: int32.or(-1) })
          .since(10)
          .tag(0),
      }),
    }),
    throttleTimeMs: int32,
    /** Where new leaders are reached: clients connect there without asking for metadata. */
    nodeEndpoints: array({ nodeId: brokerId, host, port: int32, rack: string.orNull() }).since(10).tag(0),
  },
})
