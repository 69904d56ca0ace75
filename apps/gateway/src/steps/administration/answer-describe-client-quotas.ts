// SPDX-License-Identifier: Apache-2.0
/**
 * Answers DescribeClientQuotas with quotas of the tenant's own users, alone or together with a client id. Quotas of client ids and
 * addresses, and defaults, belong to the platform and are left out. Values are Kafka's: bytes per second and broker.
 */
import { prefixOf } from '@kaas/domain'
import type { RequestOf, ResponseInput } from '@kaas/kafka-protocol'
import { describeClientQuotas } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'
import { logicalUser, physicalUser } from './own-user.ts'

type Entries = NonNullable<ResponseInput<typeof describeClientQuotas>['entries']>

const USER = 'user'
/** The component names its entity. */
const EXACT = 0

export async function answerDescribeClientQuotas(
  context: StepContext,
  request: RequestOf<typeof describeClientQuotas>,
): Promise<ResponseInput<typeof describeClientQuotas>> {
  const prefix = prefixOf(context.tenant.name)
  const components = request.components.map((component) => {
    const { entityType, matchType, match } = component
    const isNamed = entityType === USER && matchType === EXACT && match !== null
    return isNamed ? { ...component, match: physicalUser(prefix, match) } : component
  })
  const answer = await context.askAsService(describeClientQuotas, { ...request, components })
  const { errorCode, errorMessage } = answer
  const told = errorMessage === null ? null : nameViewOf(context.tenant).toLogical('errorText', errorMessage)
  const entries = answer.entries === null ? null : answer.entries.flatMap((entry) => ownEntry(prefix, entry))
  return { throttleTimeMs: 0, errorCode, errorMessage: told, entries }
}

function ownEntry(prefix: string, { entity, values }: Entries[number]): Entries {
  const user = entity.find(({ entityType }) => entityType === USER)
  const entityName = logicalUser(prefix, user?.entityName ?? null)
  if (entityName === undefined) return []
  return [{ entity: entity.map((each) => (each === user ? { ...each, entityName } : each)), values }]
}
