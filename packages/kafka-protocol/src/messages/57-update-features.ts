// SPDX-License-Identifier: Apache-2.0
/**
 * UpdateFeatures: raises or lowers the level of a feature of the whole cluster (KIP-584). KIP-778 added the kind of
 * upgrade and a dry run (v1). From v2 there are no results per feature: all are taken or none (KIP-1022).
 */
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
      /** Replaced by `upgradeType`. */
      allowDowngrade: bool.until(0),
      /** 1 is an upgrade, 2 a safe downgrade, 3 an unsafe one. */
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
