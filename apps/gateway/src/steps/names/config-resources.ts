// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: what a config resource names depends on its type. Topics and groups are the tenant's. Brokers, their loggers and client
 * metrics are the platform's, and their values tell hosts and other tenants' settings: each is answered here as Kafka
 * answers who has no right on the cluster, and never reaches a broker. Other resources of the same request go on.
 */
import { alterConfigs, describeConfigs, ERROR_CODES, incrementalAlterConfigs } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { reply } from '../reply.ts'
import { TRAP_NOTE, type Trap, trap } from './trap.ts'

const TOPIC = 2
const GROUP = 32

interface Resource {
  readonly resourceType: number
  readonly resourceName: string
}

/** Settings are read of the tenant's topics and groups only. */
export const describeConfigsTrap: Trap = trap(describeConfigs, {
  check(_view, request, context) {
    request.resources = ownResources(request.resources, context)
    if (request.resources.length > 0) return undefined
    const results = refusals(context).map((refusal) => ({ ...refusal, configs: [] }))
    return reply(describeConfigs, { throttleTimeMs: 0, results })
  },
  response(_view, response, context) {
    for (const refusal of refusals(context)) response.results.push({ ...refusal, configs: [] })
  },
})

/** The old way to change settings, which replaces all of them. */
export const alterConfigsTrap: Trap = trap(alterConfigs, {
  check(_view, request, context) {
    request.resources = ownResources(request.resources, context)
    if (request.resources.length > 0) return undefined
    return reply(alterConfigs, { throttleTimeMs: 0, responses: refusals(context) })
  },
  response(_view, response, context) {
    response.responses.push(...refusals(context))
  },
})

/** The new way, which changes what it names (KIP-339). */
export const incrementalAlterConfigsTrap: Trap = trap(incrementalAlterConfigs, {
  check(_view, request, context) {
    request.resources = ownResources(request.resources, context)
    if (request.resources.length > 0) return undefined
    return reply(incrementalAlterConfigs, { throttleTimeMs: 0, responses: refusals(context) })
  },
  response(_view, response, context) {
    response.responses.push(...refusals(context))
  },
})

/** The resources of the tenant; the others are kept for the answer. */
function ownResources<R extends Resource>(resources: readonly R[], context: StepContext): R[] {
  const isOwn = ({ resourceType }: R): boolean => resourceType === TOPIC || resourceType === GROUP
  context.notes.set(
    TRAP_NOTE,
    resources.filter((resource) => !isOwn(resource)),
  )
  return resources.filter(isOwn)
}

function refusals(context: StepContext) {
  const refused = (context.notes.get(TRAP_NOTE) ?? []) as readonly Resource[]
  return refused.map(({ resourceType, resourceName }) => ({
    errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED,
    errorMessage: 'Only topics and groups have configs that a tenant may see or change.',
    resourceType,
    resourceName,
  }))
}
