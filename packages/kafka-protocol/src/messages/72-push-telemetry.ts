// SPDX-License-Identifier: Apache-2.0
/** PushTelemetry. */
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
    metrics: bytes,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
  },
})
