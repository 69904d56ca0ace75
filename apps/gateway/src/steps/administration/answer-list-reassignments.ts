// SPDX-License-Identifier: Apache-2.0
/** Answers ListPartitionReassignments with the tenant's own partitions: where they move is the platform's to decide, and no secret. */
import { physicalName, prefixOf } from '@kaas/domain'
import { listPartitionReassignments, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'

export async function answerListReassignments(
  context: StepContext,
  request: RequestOf<typeof listPartitionReassignments>,
): Promise<ResponseInput<typeof listPartitionReassignments>> {
  const tenant = context.tenant.name
  const prefix = prefixOf(tenant)
  const wanted = request.topics?.map(({ name, ...rest }) => ({ name: physicalName(tenant, name), ...rest })) ?? null
  const answer = await context.askAsService(listPartitionReassignments, { ...request, topics: wanted })
  const { errorCode, errorMessage } = answer
  const topics = answer.topics.flatMap(({ name, partitions }) =>
    name.startsWith(prefix) ? [{ name: name.slice(prefix.length), partitions }] : [],
  )
  const told = errorMessage === null ? null : nameViewOf(context.tenant).toLogical('errorText', errorMessage)
  return { throttleTimeMs: 0, errorCode, errorMessage: told, topics }
}
