// SPDX-License-Identifier: Apache-2.0
/**
 * Answers AlterUserScramCredentials: every user is refused, and told what to do instead. Passwords are given out by the platform, which
 * takes a credential that it did not give out away again (decision 0035). The same is said of users that there are and that there are not.
 */
import { prefixOf } from '@kaas/domain'
import { type alterUserScramCredentials, ERROR_CODES, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { logicalUser, MOST_EXPLAINED, physicalUser } from './own-user.ts'

type Request = RequestOf<typeof alterUserScramCredentials>

export async function answerAlterScramCredentials(
  context: StepContext,
  request: Request,
): Promise<ResponseInput<typeof alterUserScramCredentials>> {
  const deleted = new Set(request.deletions.map(({ name }) => name))
  const results = usersIn(request).map((user, index) => ({
    user,
    errorCode: ERROR_CODES.POLICY_VIOLATION,
    errorMessage: index < MOST_EXPLAINED ? refusalOf(context, user, deleted.has(user)) : null,
  }))
  const reason = results[0]?.errorMessage
  if (typeof reason === 'string') context.noteRefusal('not-allowed', reason)
  return { throttleTimeMs: 0, results }
}

/** Whom a request names, each once: so many results Kafka gives. */
export function usersIn({ deletions, upsertions }: Request): readonly string[] {
  return [...new Set([...deletions, ...upsertions].map(({ name }) => name))]
}

function refusalOf({ tenant }: StepContext, asked: string, isDeletion: boolean): string {
  const prefix = prefixOf(tenant.name)
  const user = logicalUser(prefix, physicalUser(prefix, asked)) ?? asked
  return isDeletion
    ? `Users belong to the platform: "kaas delete user ${user} --tenant ${tenant.name}" removes her with her password.`
    : `Passwords are given out by the platform: "kaas rotate ${user} --tenant ${tenant.name}" gives a new one, and the old one goes on until it is ended.`
}
