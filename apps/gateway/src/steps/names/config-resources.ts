// SPDX-License-Identifier: Apache-2.0
/**
 * Trap: what a config resource names depends on its type. Topics and groups are the tenant's. Brokers, their loggers and client
 * metrics are the platform's, and their values tell hosts and other tenants' settings: each is answered here as Kafka
 * answers who has no right on the cluster, and never reaches a broker. So are changes of topics that others share with the tenant.
 * Other resources of the same request go on.
 */
import { alterConfigs, describeConfigs, ERROR_CODES, incrementalAlterConfigs } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { reply } from '../reply.ts'
import type { NameView } from './name-view.ts'
import { REFUSED } from './shared-administration.ts'
import { TRAP_NOTE, type Trap, trap } from './trap.ts'

/** Key of the topics of shares that were asked to change. */
const SHARED_NOTE = 'shared configs'

const TOPIC = 2
const GROUP = 32

interface Resource {
  readonly resourceType: number
  readonly resourceName: string
}

/** Settings are read of the tenant's topics and groups only. */
export const describeConfigsTrap: Trap = trap(describeConfigs, {
  check(_view, request, context) {
    request.resources = readableResources(request.resources, context)
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
  check(view, request, context) {
    request.resources = changeableResources(view, request.resources, context)
    if (request.resources.length > 0) return undefined
    return reply(alterConfigs, { throttleTimeMs: 0, responses: refusals(context) })
  },
  response(view, response, context) {
    response.responses.push(...refusals(context, view))
  },
})

/** The new way, which changes what it names (KIP-339). */
export const incrementalAlterConfigsTrap: Trap = trap(incrementalAlterConfigs, {
  check(view, request, context) {
    request.resources = changeableResources(view, request.resources, context)
    if (request.resources.length > 0) return undefined
    return reply(incrementalAlterConfigs, { throttleTimeMs: 0, responses: refusals(context) })
  },
  response(view, response, context) {
    response.responses.push(...refusals(context, view))
  },
})

/** As `readableResources`, and without topics that have their names from shares: only their owners change them. */
function changeableResources<R extends Resource>(view: NameView, resources: readonly R[], context: StepContext): R[] {
  const isShared = ({ resourceType, resourceName }: R): boolean =>
    resourceType === TOPIC && view.shared.physicalOf(resourceName) !== undefined
  const left = readableResources(
    resources.filter((resource) => !isShared(resource)),
    context,
  )
  context.notes.set(SHARED_NOTE, resources.filter(isShared))
  return left
}

/** The resources of the tenant; the others are kept for the answer. */
function readableResources<R extends Resource>(resources: readonly R[], context: StepContext): R[] {
  const isOwn = ({ resourceType }: R): boolean => resourceType === TOPIC || resourceType === GROUP
  context.notes.set(
    TRAP_NOTE,
    resources.filter((resource) => !isOwn(resource)),
  )
  return resources.filter(isOwn)
}

/** In an answer that comes from the broker names are still physical: `view` makes the refused ones so. */
function refusals(context: StepContext, view?: NameView) {
  const noted = (key: string) => (context.notes.get(key) ?? []) as readonly Resource[]
  return [
    ...noted(TRAP_NOTE).map(({ resourceType, resourceName }) => ({
      errorCode: ERROR_CODES.CLUSTER_AUTHORIZATION_FAILED,
      errorMessage: 'Only topics and groups have configs that a tenant may see or change.',
      resourceType,
      resourceName,
    })),
    ...noted(SHARED_NOTE).map(({ resourceType, resourceName }) => ({
      ...REFUSED,
      resourceType,
      resourceName: view === undefined ? resourceName : view.toPhysical('topic', resourceName),
    })),
  ]
}
