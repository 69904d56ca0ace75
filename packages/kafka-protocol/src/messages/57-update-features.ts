// SPDX-License-Identifier: Apache-2.0
/** UpdateFeatures. */
import { api } from '../api.ts'
import { array, bool, errorText, int8, int16, int32, string } from '../schema.ts'

export const updateFeatures = api({
  key: 57,
  name: 'UpdateFeatures',
  versions: [0, 2],
  flexible: 0,
  request: {
    timeoutMs: int32.or(60000),
    featureUpdates: array({
      feature: string,
      maxVersionLevel: int16,
      allowDowngrade: bool.until(0),
      upgradeType: int8.since(1).or(1),
    }),
    validateOnly: bool.since(1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
    results: array({ feature: string, errorCode: int16, errorMessage: errorText.nullable() }).until(1).ignorable(),
  },
})
