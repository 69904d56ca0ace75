// SPDX-License-Identifier: Apache-2.0
/**
 * AlterConfigs: replaces all settings of a resource: what is not listed goes back to its default. IncrementalAlterConfigs
 * took its place (KIP-339).
 */
import { api } from '../api.ts'
import { array, bool, CONFIG_RESOURCES, errorText, int8, int16, int32, string } from '../schema.ts'

export const alterConfigs = api({
  key: 33,
  name: 'AlterConfigs',
  versions: [0, 2],
  flexible: 2,
  request: {
    resources: array({
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
      configs: array({ name: string, value: string.nullable() }),
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
