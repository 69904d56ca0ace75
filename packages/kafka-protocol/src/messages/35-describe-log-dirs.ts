// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeLogDirs: the disks of a broker and what lies on them (KIP-113). KIP-827 added sizes of volumes (v4), KIP-1066
 * whether a disk is cordoned (v5).
 */
import { api } from '../api.ts'
import { array, bool, int16, int32, int64, string, topicName } from '../schema.ts'

export const describeLogDirs = api({
  key: 35,
  name: 'DescribeLogDirs',
  versions: [1, 5],
  flexible: 2,
  request: {
    /** Null asks for all topics, whoever's they are. */
    topics: array({ topic: topicName, partitions: array(int32) }).nullable(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16.since(3).ignorable(),
    results: array({
      errorCode: int16,
      logDir: string,
      topics: array({
        name: topicName,
        partitions: array({
          partitionIndex: int32,
          partitionSize: int64,
          offsetLag: int64,
          isFutureKey: bool,
        }),
      }),
      totalBytes: int64.since(4).or(-1n).ignorable(),
      usableBytes: int64.since(4).or(-1n).ignorable(),
      isCordoned: bool.since(5).ignorable(),
    }),
  },
})
