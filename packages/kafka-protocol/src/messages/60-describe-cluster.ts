// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeCluster: who belongs to the cluster (KIP-700). KIP-919 added asking for controllers (v1), KIP-1073 fenced
 * brokers (v2).
 */
import { api } from '../api.ts'
import { array, authorizedOperations, bool, brokerId, errorText, host, int8, int16, int32, string } from '../schema.ts'

export const describeCluster = api({
  key: 60,
  name: 'DescribeCluster',
  versions: [0, 2],
  flexible: 0,
  request: {
    includeClusterAuthorizedOperations: bool,
    /** 1 is brokers, 2 controllers. */
    endpointType: int8.since(1).or(1),
    includeFencedBrokers: bool.since(2),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.orNull(),
    endpointType: int8.since(1).or(1),
    clusterId: string,
    controllerId: brokerId.or(-1),
    brokers: array({ brokerId, host, port: int32, rack: string.orNull(), isFenced: bool.since(2) }),
    clusterAuthorizedOperations: authorizedOperations,
  },
})
