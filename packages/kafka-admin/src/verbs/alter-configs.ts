// SPDX-License-Identifier: Apache-2.0
/** Changes settings one by one and leaves the others alone (KIP-339). */
import { incrementalAlterConfigs } from '@kaas/kafka-protocol'
import type { KafkaClient, Route } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { CONFIG_RESOURCE, type ConfigResource } from '../kafka-values.ts'

/** Settings to set, and those to give back to the default of the level above. */
export interface ConfigChange {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

const SET = 0
const DELETE = 1

/** Throws `kafka-settings-invalid` with Kafka's words for a setting it does not take; then nothing has changed. */
export async function alterConfigs(
  client: KafkaClient,
  resource: ConfigResource,
  name: string,
  change: ConfigChange,
): Promise<void> {
  const configs = [
    ...Object.entries(change.set).map(([key, value]) => ({ name: key, configOperation: SET, value })),
    ...change.unset.map((key) => ({ name: key, configOperation: DELETE, value: null })),
  ]
  const resources = [{ resourceType: CONFIG_RESOURCE[resource], resourceName: name, configs }]
  const route: Route =
    resource === 'broker' && name !== '' ? { kind: 'broker', nodeId: Number(name) } : { kind: 'controller' }
  const answer = await client.ask(incrementalAlterConfigs, { resources, validateOnly: false }, route)
  for (const result of answer.responses)
    throwUnlessOk(result.errorCode, `configure ${resource} ${name}`, result.errorMessage)
}
