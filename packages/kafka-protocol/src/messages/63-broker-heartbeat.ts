// SPDX-License-Identifier: Apache-2.0
/**
 * BrokerHeartbeat: a broker says that it lives, and asks to be fenced or to stop (KIP-631). KIP-858 added disks that
 * failed (v1), KIP-1066 those that are cordoned (v2). Between brokers and controllers.
 */
import { api } from '../api.ts'
import { array, bool, brokerId, int16, int32, int64, uuid } from '../schema.ts'

export const brokerHeartbeat = api({
  key: 63,
  name: 'BrokerHeartbeat',
  versions: [0, 2],
  flexible: 0,
  audience: 'controller',
  request: {
    brokerId,
    brokerEpoch: int64.or(-1n),
    currentMetadataOffset: int64,
    wantFence: bool,
    wantShutDown: bool,
    offlineLogDirs: array(uuid).since(1).tag(0),
    cordonedLogDirs: array(uuid).since(2).orNull().tag(1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    isCaughtUp: bool,
    isFenced: bool.or(true),
    shouldShutDown: bool,
  },
})
