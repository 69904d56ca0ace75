// SPDX-License-Identifier: Apache-2.0
/** ControllerRegistration: a controller makes itself known (KIP-919). Between controllers. */
import { api } from '../api.ts'
import { array, bool, errorText, host, int16, int32, string, uint16, uuid } from '../schema.ts'

export const controllerRegistration = api({
  key: 70,
  name: 'ControllerRegistration',
  versions: [0, 0],
  flexible: 0,
  audience: 'controller',
  request: {
    controllerId: int32,
    incarnationId: uuid,
    zkMigrationReady: bool,
    listeners: array({ name: string, host, port: uint16, securityProtocol: int16 }),
    features: array({ name: string, minSupportedVersion: int16, maxSupportedVersion: int16 }),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
  },
})
