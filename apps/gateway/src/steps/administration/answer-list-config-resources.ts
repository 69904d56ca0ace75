// SPDX-License-Identifier: Apache-2.0
/** Answers ListConfigResources (KIP-1142) with the tenant's topics and groups. Before v1 it lists client metrics only: none here. */
import { listConfigResources, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'

const KINDS = { 2: 'topic', 32: 'group' } as const
const NAMED_SINCE = 1

export async function answerListConfigResources(
  context: StepContext,
  request: RequestOf<typeof listConfigResources>,
): Promise<ResponseInput<typeof listConfigResources>> {
  const own = Object.keys(KINDS).map(Number)
  const resourceTypes = request.resourceTypes.length === 0 ? own : request.resourceTypes.filter((type) => own.includes(type))
  if (context.apiVersion < NAMED_SINCE || resourceTypes.length === 0) {
    return { throttleTimeMs: 0, errorCode: 0, configResources: [] }
  }
  const { errorCode, configResources } = await context.askAsService(listConfigResources, { resourceTypes })
  const view = nameViewOf(context.tenant)
  const mine = configResources.flatMap(({ resourceType, resourceName }) => {
    const kind = KINDS[resourceType as keyof typeof KINDS]
    if (kind === undefined || !resourceName.startsWith(view.prefix)) return []
    return [{ resourceType, resourceName: view.toLogical(kind, resourceName) }]
  })
  return { throttleTimeMs: 0, errorCode, configResources: mine }
}
