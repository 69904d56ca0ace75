// SPDX-License-Identifier: Apache-2.0
/** The settings of topics and brokers, with where each comes from. */
import { describeConfigs as api } from '@kaas/kafka-protocol'
import type { KafkaClient, Route } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { CONFIG_RESOURCE, CONFIG_SOURCE, type ConfigResource, type ConfigSource } from '../kafka-values.ts'

/** One setting. `value` is null for a secret. */
export interface ConfigEntry {
  readonly name: string
  readonly value: string | null
  /** `topic`: set on the topic itself; all else is a default of some level. */
  readonly source: ConfigSource
  /** What would hold if the thing itself said nothing; told only when it was asked for. */
  readonly fallback?: { readonly value: string | null; readonly source: ConfigSource }
}

/** The settings of one topic or broker (`name` = node id, asked at that broker); all of them unless `keys` are given. */
export async function describeConfigs(
  client: KafkaClient,
  resource: ConfigResource,
  name: string,
  keys?: readonly string[],
  withFallback = false,
): Promise<readonly ConfigEntry[]> {
  const wanted = {
    resourceType: CONFIG_RESOURCE[resource],
    resourceName: name,
    configurationKeys: keys === undefined ? null : [...keys],
  }
  const route: Route = resource === 'broker' && name !== '' ? { kind: 'broker', nodeId: Number(name) } : { kind: 'any' }
  const request = { resources: [wanted], includeSynonyms: withFallback, includeDocumentation: false }
  const answer = await client.ask(api, request, route)
  return answer.results.flatMap((result) => {
    throwUnlessOk(result.errorCode, `describe ${resource} ${name}`, result.errorMessage)
    return result.configs.map((config) => ({
      name: config.name,
      value: config.value,
      source: CONFIG_SOURCE[config.configSource] ?? 'unknown',
      ...fallbackOf(resource, config.synonyms),
    }))
  })
}

type Synonyms = readonly { readonly value: string | null; readonly source: number }[]

/** Kafka lists what could hold, the strongest first; what the thing itself says is not a fallback. */
function fallbackOf(resource: ConfigResource, synonyms: Synonyms): Pick<ConfigEntry, 'fallback'> {
  const found = synonyms.find(({ source }) => CONFIG_SOURCE[source] !== resource)
  return found === undefined ? {} : { fallback: { value: found.value, source: CONFIG_SOURCE[found.source] ?? 'unknown' } }
}
