// SPDX-License-Identifier: Apache-2.0
/**
 * Answers AlterClientQuotas: every entry is refused, and told what to do instead. Quotas follow from what was ordered for the tenant and
 * its users, and whatever else stands in Kafka is set back (decision 0035).
 */
import { prefixOf, renderRate } from '@kaas/domain'
import { type alterClientQuotas, ERROR_CODES, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { logicalUser, MOST_EXPLAINED, physicalUser } from './own-user.ts'

type Entity = RequestOf<typeof alterClientQuotas>['entries'][number]['entity']

const OF_THE_PLATFORM =
  'Only the tenant’s own users have quotas here; those of client ids, of addresses and defaults belong to the platform.'

export async function answerAlterClientQuotas(
  context: StepContext,
  request: RequestOf<typeof alterClientQuotas>,
): Promise<ResponseInput<typeof alterClientQuotas>> {
  const entries = request.entries.map(({ entity }, index) => ({
    errorCode: ERROR_CODES.POLICY_VIOLATION,
    errorMessage: index < MOST_EXPLAINED ? refusalOf(context, entity) : null,
    entity,
  }))
  const reason = entries[0]?.errorMessage
  if (typeof reason === 'string') context.noteRefusal('not-allowed', reason)
  return { throttleTimeMs: 0, entries }
}

function refusalOf({ tenant }: StepContext, entity: Entity): string {
  const [first, ...others] = entity
  const isUser = others.length === 0 && first?.entityType === 'user'
  if (!isUser || first.entityName === null) return OF_THE_PLATFORM
  const prefix = prefixOf(tenant.name)
  const user = logicalUser(prefix, physicalUser(prefix, first.entityName))
  const { produceBytesPerSecond: produce, consumeBytesPerSecond: consume } = tenant.limits
  const plan =
    produce === undefined || consume === undefined ? '' : ` of ${renderRate(produce)} in and ${renderRate(consume)} out`
  return (
    `Quotas of "${user}" follow the order${plan} of the tenant, and what is set here would be set back. ` +
    `For less, "kaas edit user ${user} --tenant ${tenant.name}" and write quotas; for more, order more for the tenant.`
  )
}
