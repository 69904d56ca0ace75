// SPDX-License-Identifier: Apache-2.0
/**
 * GetTelemetrySubscriptions: which metrics the cluster wants from this client (KIP-714). Advertised only by brokers with
 * a metrics plugin.
 */
import { api } from '../api.ts'
import { array, bool, int8, int16, int32, string, uuid } from '../schema.ts'

export const getTelemetrySubscriptions = api({
  key: 71,
  name: 'GetTelemetrySubscriptions',
  versions: [0, 0],
  flexible: 0,
  request: {
    clientInstanceId: uuid,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    clientInstanceId: uuid,
    subscriptionId: int32,
    acceptedCompressionTypes: array(int8),
    pushIntervalMs: int32,
    telemetryMaxBytes: int32,
    deltaTemporality: bool,
    /** Prefixes of metric names; one empty prefix is all, an empty list none. */
    requestedMetrics: array(string),
  },
})
