// SPDX-License-Identifier: Apache-2.0
/**
 * DeleteTopics: removes topics with their data. By name until v5; from v6 by name or by id, one of the two (KIP-516).
 * KIP-599 may refuse by quota (v5).
 */
import { api } from '../api.ts'
import { array, errorText, int16, int32, topicId, topicName } from '../schema.ts'

export const deleteTopics = api({
  key: 20,
  name: 'DeleteTopics',
  versions: [1, 6],
  flexible: 4,
  request: {
    topics: array({
      /** Null when deleted by id. */
      name: topicName.orNull(),
      topicId,
    }).since(6),
    topicNames: array(topicName).until(5).ignorable(),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: int32,
    responses: array({
      /** Null for an id that is not known, or not the caller's to see. */
      name: topicName.nullable(6),
      topicId: topicId.since(6).ignorable(),
      errorCode: int16,
      errorMessage: errorText.since(5).orNull().ignorable(),
    }),
  },
})
