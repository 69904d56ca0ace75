// SPDX-License-Identifier: Apache-2.0
/** Finds the tenant's ACLs that a query matches. The gateway's identity sees all of the cluster; nothing foreign leaves this file. */
import { prefixOf } from '@kaas/domain'
import { describeAcls } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { type AclEntry, type AclQuery, logicalAcl, matches, physicalQuery } from './acl-view.ts'

/** An ACL in both views. */
export interface FoundAcl {
  readonly physical: AclEntry
  readonly logical: AclEntry
}

/** Either what was found, or Kafka's error in place of it. */
export type AclSearch =
  | { readonly kind: 'found'; readonly acls: readonly FoundAcl[] }
  | { readonly kind: 'failed'; readonly errorCode: number; readonly errorMessage: string | null }

export async function findAcls(context: StepContext, query: AclQuery): Promise<AclSearch> {
  const prefix = prefixOf(context.tenant.name)
  const answer = await context.askAsService(describeAcls, physicalQuery(prefix, query))
  const { errorCode, errorMessage } = answer
  if (errorCode !== 0) return { kind: 'failed', errorCode, errorMessage }
  const acls: FoundAcl[] = []
  for (const { resourceType, resourceName, patternType, acls: rules } of answer.resources) {
    for (const rule of rules) {
      const physical = { resourceType, resourceName, patternType, ...rule }
      const logical = logicalAcl(prefix, physical)
      if (logical !== undefined && matches(prefix, query, logical)) acls.push({ physical, logical })
    }
  }
  return { kind: 'found', acls }
}
