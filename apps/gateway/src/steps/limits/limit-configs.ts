// SPDX-License-Identifier: Apache-2.0
/**
 * AlterConfigs and IncrementalAlterConfigs within the retention limit of the tenant. Trap: AlterConfigs replaces all configs of a topic,
 * so one that says nothing about retention gives the topic the default of the brokers, as does an incremental delete.
 */
import {
  type alterConfigs,
  describeConfigs,
  ERROR_CODES,
  type incrementalAlterConfigs,
  type RequestOf,
} from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import type { Refusal } from './refusal.ts'
import { defaultRetention, exceedsRetention, RETENTION, retentionRefusal } from './retention.ts'

const TOPIC = 2
const SET = 0
const DELETE = 1
/** Spoken by every Kafka since 2.6. */
const DESCRIBE_VERSION = 4

type Replacement = RequestOf<typeof alterConfigs>['resources'][number]
type Change = RequestOf<typeof incrementalAlterConfigs>['resources'][number]

/** Takes topics beyond the limit out of `request`; adds the tenant's retention where leaving it out would exceed it. */
export async function limitAlterConfigs(
  context: StepContext,
  request: RequestOf<typeof alterConfigs>,
): Promise<readonly Refusal[]> {
  const refused = takeOut(context, request, ({ configs }) => configs.find(({ name }) => name === RETENTION)?.value)
  const silent = request.resources.filter(
    ({ resourceType, configs }) => resourceType === TOPIC && !configs.some(({ name }) => name === RETENTION),
  )
  for (const resource of await withLongerDefault(context, silent)) {
    resource.configs = [...resource.configs, { name: RETENTION, value: String(context.tenant.limits.retentionMs) }]
  }
  return refused
}

/** Takes topics beyond the limit out of `request`; turns a delete into the tenant's retention where the default exceeds it. */
export async function limitIncrementalAlterConfigs(
  context: StepContext,
  request: RequestOf<typeof incrementalAlterConfigs>,
): Promise<readonly Refusal[]> {
  const isAbout = (operation: number) => (config: Change['configs'][number]) =>
    config.name === RETENTION && config.configOperation === operation
  const refused = takeOut(context, request, ({ configs }) => configs.find(isAbout(SET))?.value)
  const deleting = request.resources.filter(
    ({ resourceType, configs }) => resourceType === TOPIC && configs.some(isAbout(DELETE)),
  )
  for (const { configs } of await withLongerDefault(context, deleting)) {
    const config = configs.find(isAbout(DELETE))
    if (config === undefined) continue
    config.configOperation = SET
    config.value = String(context.tenant.limits.retentionMs)
  }
  return refused
}

function takeOut<R extends Replacement | Change>(
  context: StepContext,
  request: { resources: R[] },
  retentionOf: (resource: R) => string | null | undefined,
): readonly Refusal[] {
  const refused: Refusal[] = []
  request.resources = request.resources.filter((resource) => {
    const { resourceType, resourceName } = resource
    const retention = resourceType === TOPIC ? retentionOf(resource) : undefined
    if (retention === undefined || retention === null || !exceedsRetention(retention, context.tenant)) return true
    const errorMessage = retentionRefusal(retention, context.tenant)
    refused.push({ resourceType, resourceName, errorCode: ERROR_CODES.POLICY_VIOLATION, errorMessage })
    return false
  })
  return refused
}

/** Those whose topic would keep data too long without a retention of its own. A topic that cannot be read counts as such. */
async function withLongerDefault<R extends Replacement | Change>(
  context: StepContext,
  resources: readonly R[],
): Promise<readonly R[]> {
  if (resources.length === 0) return []
  const { results } = await context.ask(describeConfigs, DESCRIBE_VERSION, {
    resources: resources.map(({ resourceName }) => ({ resourceType: TOPIC, resourceName, configurationKeys: [RETENTION] })),
    includeSynonyms: true,
    includeDocumentation: false,
  })
  const defaults = new Map(
    results.map(({ resourceName, configs }) => [resourceName, defaultRetention(configs[0]?.synonyms ?? [])]),
  )
  return resources.filter(({ resourceName }) => exceedsRetention(defaults.get(resourceName), context.tenant))
}
