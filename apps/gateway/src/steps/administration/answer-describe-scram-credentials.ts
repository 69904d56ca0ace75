// SPDX-License-Identifier: Apache-2.0
/** Answers DescribeUserScramCredentials with the tenant's own users: mechanisms and iterations, as Kafka tells no secret. */
import { prefixOf } from '@kaas/domain'
import { describeUserScramCredentials, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'
import { logicalUser, physicalUser } from './own-user.ts'

type Results = ResponseInput<typeof describeUserScramCredentials>['results']

/** Users are told by the names they were asked by; all of the tenant's when none is named. Who is not there is told as Kafka does. */
export async function answerDescribeScramCredentials(
  context: StepContext,
  { users }: RequestOf<typeof describeUserScramCredentials>,
): Promise<ResponseInput<typeof describeUserScramCredentials>> {
  const prefix = prefixOf(context.tenant.name)
  const asked = new Map((users ?? []).map(({ name }) => [physicalUser(prefix, name), name]))
  const physical = (users ?? []).map(({ name }) => ({ name: physicalUser(prefix, name) }))
  const answer = await context.askAsService(describeUserScramCredentials, { users: physical })
  const textOf = (text: string | null): string | null =>
    text === null ? null : nameViewOf(context.tenant).toLogical('errorText', text)
  const results: Results = answer.results.flatMap((result) => {
    const user = asked.get(result.user) ?? logicalUser(prefix, result.user)
    return user === undefined ? [] : [{ ...result, user, errorMessage: textOf(result.errorMessage) }]
  })
  return { throttleTimeMs: 0, errorCode: answer.errorCode, errorMessage: textOf(answer.errorMessage), results }
}
