// SPDX-License-Identifier: Apache-2.0
/** Decides who may have the gateway's own identity act for her: users with ALL or ALTER on every topic of the tenant, by Kafka's ACLs. */
import { prefixOf } from '@kaas/domain'
import { describeAcls } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { ANY, PREFIXED, TOPIC } from './acl-view.ts'

const ALL = 2
const ALTER = 7
const DENY = 2
const ALLOW = 3
const ANY_HOST = '*'

/** What users without the right are told. */
export const NOT_ADMINISTRATOR = 'This needs a user of the tenant whose role is admin.'

/** Asks the cluster each time: a right that was taken is gone at once. */
export async function isTenantAdministrator(context: StepContext): Promise<boolean> {
  const prefix = prefixOf(context.tenant.name)
  const answer = await context.askAsService(describeAcls, {
    resourceTypeFilter: TOPIC,
    resourceNameFilter: prefix,
    patternTypeFilter: PREFIXED,
    principalFilter: `User:${context.user}`,
    hostFilter: null,
    operation: ANY,
    permissionType: ANY,
  })
  const rules = answer.resources
    .flatMap(({ acls }) => acls)
    .filter(({ operation }) => operation === ALL || operation === ALTER)
  const isDenied = rules.some(({ permissionType }) => permissionType === DENY)
  return !isDenied && rules.some(({ permissionType, host }) => permissionType === ALLOW && host === ANY_HOST)
}
