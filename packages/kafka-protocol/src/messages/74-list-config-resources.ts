// SPDX-License-Identifier: Apache-2.0
/**
 * ListConfigResources: resources that have settings of their own (KIP-1142). In v0 it was ListClientMetricsResources and
 * knew only those (KIP-714).
 */
import { api } from '../api.ts'
import { array, CONFIG_RESOURCES, int8, int16, int32, string } from '../schema.ts'

export const listConfigResources = api({
  key: 74,
  name: 'ListConfigResources',
  versions: [0, 1],
  flexible: 0,
  request: {
    resourceTypes: array(int8).since(1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    configResources: array({
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
      resourceType: int8.since(1).or(16).ignorable(),
    }),
  },
})
