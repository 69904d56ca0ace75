// SPDX-License-Identifier: Apache-2.0
/** IncrementalAlterConfigs: sets, deletes, appends to or takes from single settings (KIP-339). */
import { api } from '../api.ts'
import { array, bool, CONFIG_RESOURCES, errorText, int8, int16, int32, string } from '../schema.ts'

export const incrementalAlterConfigs = api({
  key: 44,
  name: 'IncrementalAlterConfigs',
  versions: [0, 1],
  flexible: 1,
  request: {
    resources: array({
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
      configs: array({
        name: string,
        /** 0 sets, 1 deletes, 2 appends, 3 subtracts. */
        configOperation: int8,
        /** Null when the setting is deleted. */
        value: string.nullable(),
      }),
    }),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    responses: array({
      errorCode: int16,
      errorMessage: errorText.nullable(),
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
    }),
  },
})
