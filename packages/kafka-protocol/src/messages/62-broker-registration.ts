// SPDX-License-Identifier: Apache-2.0
/**
 * BrokerRegistration: a broker enters the cluster (KIP-631; KIP-858 added disks in v2, KIP-966 the epoch before in v3,
 * KIP-1022 features that start at 0 in v4). Between brokers and controllers.
 */
import { api } from '../api.ts'
import { array, bool, brokerId, host, int16, int32, int64, string, uint16, uuid } from '../schema.ts'

export const brokerRegistration = api({
  key: 62,
  name: 'BrokerRegistration',
  versions: [0, 4],
  flexible: 0,
  audience: 'controller',
  request: {
    brokerId,
    clusterId: string,
    incarnationId: uuid,
    listeners: array({ name: string, host, port: uint16, securityProtocol: int16 }),
    features: array({ name: string, minSupportedVersion: int16, maxSupportedVersion: int16 }),
    rack: string.nullable(),
    isMigratingZkBroker: bool.since(1),
    logDirs: array(uuid).since(2).ignorable(),
    previousBrokerEpoch: int64.since(3).or(-1n).ignorable(),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    brokerEpoch: int64.or(-1n),
  },
})
