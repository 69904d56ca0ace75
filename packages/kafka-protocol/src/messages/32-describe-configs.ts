// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeConfigs: the settings of topics, brokers, groups and the like. KIP-226 added synonyms, that is where a value
 * comes from (v1), KIP-569 types and documentation (v3). Values of sensitive settings are null.
 */
import { api } from '../api.ts'
import { array, bool, CONFIG_RESOURCES, errorText, int8, int16, int32, string } from '../schema.ts'

export const describeConfigs = api({
  key: 32,
  name: 'DescribeConfigs',
  versions: [1, 4],
  flexible: 4,
  request: {
    resources: array({
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
      /** Null asks for all settings. */
      configurationKeys: array(string).nullable(),
    }),
    includeSynonyms: bool,
    includeDocumentation: bool.since(3),
  },
  response: {
    throttleTimeMs: int32,
    results: array({
      errorCode: int16,
      errorMessage: errorText.nullable(),
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', CONFIG_RESOURCES),
      configs: array({
        name: string,
        /** Null for a sensitive setting. */
        value: string.nullable(),
        readOnly: bool,
        /** 1 is the topic itself, 4 the broker's properties, 5 the default. */
        configSource: int8.or(-1),
        isSensitive: bool,
        synonyms: array({ name: string, value: string.nullable(), source: int8 }),
        configType: int8.since(3).ignorable(),
        documentation: string.since(3).nullable().ignorable(),
      }),
    }),
  },
})
