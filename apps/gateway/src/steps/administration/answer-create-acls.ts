// SPDX-License-Identifier: Apache-2.0
/** Answers CreateAcls: what stays within the tenant is created with the gateway's identity, the rest is refused one by one. */
import { prefixOf } from '@kaas/domain'
import { createAcls, ERROR_CODES, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'
import { type AclEntry, LITERAL, physicalAcl, TOPIC } from './acl-view.ts'

type Result = ResponseInput<typeof createAcls>['results'][number]

/** Results stand in the order of the request: nothing else tells which is whose. */
export async function answerCreateAcls(
  context: StepContext,
  request: RequestOf<typeof createAcls>,
): Promise<ResponseInput<typeof createAcls>> {
  const prefix = prefixOf(context.tenant.name)
  const { shared } = nameViewOf(context.tenant)
  const wanted = request.creations.map(({ resourcePatternType, ...rest }) =>
    rest.resourceType === TOPIC && resourcePatternType === LITERAL && shared.physicalOf(rest.resourceName) !== undefined
      ? SHARED
      : physicalAcl(prefix, { ...rest, patternType: resourcePatternType }),
  )
  const created = (
    await create(
      context,
      wanted.filter((acl) => typeof acl !== 'string'),
    )
  ).values()
  const results = wanted.map((acl) => (typeof acl === 'string' ? refused(acl) : (created.next().value ?? NO_RESULT)))
  return { throttleTimeMs: 0, results }
}

async function create(context: StepContext, acls: readonly AclEntry[]): Promise<readonly Result[]> {
  if (acls.length === 0) return []
  const view = nameViewOf(context.tenant)
  const creations = acls.map(({ patternType, ...rest }) => ({ ...rest, resourcePatternType: patternType }))
  const { results } = await context.askAsService(createAcls, { creations })
  return results.map(({ errorCode, errorMessage }) => ({
    errorCode,
    errorMessage: errorMessage === null ? null : view.toLogical('errorText', errorMessage),
  }))
}

function refused(reason: string): Result {
  return { errorCode: ERROR_CODES.POLICY_VIOLATION, errorMessage: reason }
}

const SHARED = 'This is the name of a share: rights on the topic follow from the share, and from roles and rules of users.'

const NO_RESULT: Result = { errorCode: ERROR_CODES.UNKNOWN_SERVER_ERROR, errorMessage: 'The broker gave no result.' }
