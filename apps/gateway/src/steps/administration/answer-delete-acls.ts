// SPDX-License-Identifier: Apache-2.0
/**
 * Answers DeleteAcls. A filter of the client is never given to the broker: one that names nothing would match the ACLs of every
 * tenant. The tenant's matches are looked up first, and each is deleted by itself.
 */
import { deleteAcls, type RequestOf, type ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { nameViewOf } from '../names/name-view.ts'
import type { AclQuery } from './acl-view.ts'
import { type FoundAcl, findAcls } from './find-acls.ts'

type FilterResult = ResponseInput<typeof deleteAcls>['filterResults'][number]
type MatchingAcl = FilterResult['matchingAcls'][number]

/** Results stand in the order of the request's filters. */
export async function answerDeleteAcls(
  context: StepContext,
  request: RequestOf<typeof deleteAcls>,
): Promise<ResponseInput<typeof deleteAcls>> {
  const filterResults: FilterResult[] = []
  for (const filter of request.filters) filterResults.push(await deleteMatching(context, filter))
  return { throttleTimeMs: 0, filterResults }
}

async function deleteMatching(context: StepContext, filter: AclQuery): Promise<FilterResult> {
  const search = await findAcls(context, filter)
  if (search.kind === 'failed') {
    const { errorCode, errorMessage } = search
    return { errorCode, errorMessage, matchingAcls: [] }
  }
  return { errorCode: 0, errorMessage: null, matchingAcls: await deleteFound(context, search.acls) }
}

async function deleteFound(context: StepContext, acls: readonly FoundAcl[]): Promise<MatchingAcl[]> {
  if (acls.length === 0) return []
  const view = nameViewOf(context.tenant)
  const { filterResults } = await context.askAsService(deleteAcls, { filters: acls.map(exactly) })
  return acls.map(({ logical }, index) => {
    const result = filterResults[index]
    const failed = result?.errorCode === 0 ? result.matchingAcls.find(({ errorCode }) => errorCode !== 0) : result
    const errorMessage = failed?.errorMessage ?? null
    return {
      ...logical,
      errorCode: failed?.errorCode ?? 0,
      errorMessage: errorMessage === null ? null : view.toLogical('errorText', errorMessage),
    }
  })
}

function exactly({ physical }: FoundAcl): AclQuery {
  return {
    resourceTypeFilter: physical.resourceType,
    resourceNameFilter: physical.resourceName,
    patternTypeFilter: physical.patternType,
    principalFilter: physical.principal,
    hostFilter: physical.host,
    operation: physical.operation,
    permissionType: physical.permissionType,
  }
}
