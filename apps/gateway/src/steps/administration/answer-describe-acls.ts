// SPDX-License-Identifier: Apache-2.0
/** Answers DescribeAcls with the part of the cluster's ACLs that is the tenant's. */
import type { describeAcls, RequestOf, ResponseInput } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import type { AclEntry } from './acl-view.ts'
import { findAcls } from './find-acls.ts'

export async function answerDescribeAcls(
  context: StepContext,
  request: RequestOf<typeof describeAcls>,
): Promise<ResponseInput<typeof describeAcls>> {
  const search = await findAcls(context, request)
  if (search.kind === 'failed') {
    const { errorCode, errorMessage } = search
    return { throttleTimeMs: 0, errorCode, errorMessage, resources: [] }
  }
  const resources = groupedByResource(search.acls.map(({ logical }) => logical))
  return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, resources }
}

type Resources = ResponseInput<typeof describeAcls>['resources']

function groupedByResource(acls: readonly AclEntry[]): Resources {
  const groups = new Map<string, { resource: AclEntry; acls: AclEntry[] }>()
  for (const acl of acls) {
    const key = JSON.stringify([acl.resourceType, acl.patternType, acl.resourceName])
    const group = groups.get(key) ?? { resource: acl, acls: [] }
    group.acls.push(acl)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ resource, acls: rules }) => ({
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    patternType: resource.patternType,
    acls: rules.map(({ principal, host, operation, permissionType }) => ({ principal, host, operation, permissionType })),
  }))
}
