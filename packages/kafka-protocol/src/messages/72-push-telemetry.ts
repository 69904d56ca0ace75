// SPDX-License-Identifier: Apache-2.0
/** PushTelemetry: a client's metrics, in OTLP (KIP-714). Advertised only by brokers with a metrics plugin. */
import { api } from '../api.ts'
import { bool, bytes, int8, int16, int32, uuid } from '../schema.ts'

export const pushTelemetry = api({
  key: 72,
  name: 'PushTelemetry',
  versions: [0, 0],
  flexible: 0,
  request: {
    clientInstanceId: uuid,
    subscriptionId: int32,
    terminating: bool,
    compressionType: int8,
    /** OTLP, compressed as `compressionType` says. Names in it are those that the client knows. */
    metrics: bytes,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
  },
})
