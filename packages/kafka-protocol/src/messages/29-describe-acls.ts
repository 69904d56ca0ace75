// SPDX-License-Identifier: Apache-2.0
/**
 * DescribeAcls: the access rules that match a filter. KIP-290 added patterns (v1), KIP-373 users as resources (v3). In a
 * filter, null matches anything.
 */
import { api } from '../api.ts'
import { ACL_RESOURCES, array, errorText, int8, int16, int32, principal, string } from '../schema.ts'

export const describeAcls = api({
  key: 29,
  name: 'DescribeAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    resourceTypeFilter: int8,
    /** With pattern type MATCH also finds the prefixes and wildcards that cover the name. */
    resourceNameFilter: string.dependsOn('resourceTypeFilter', ACL_RESOURCES).nullable(),
    patternTypeFilter: int8.or(3),
    /** With its type, as in `User:orders.app`. */
    principalFilter: principal.nullable(),
    hostFilter: string.nullable(),
    operation: int8,
    permissionType: int8,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
    resources: array({
      resourceType: int8,
      resourceName: string.dependsOn('resourceType', ACL_RESOURCES),
      patternType: int8.or(3),
      acls: array({ principal, host: string, operation: int8, permissionType: int8 }),
    }),
  },
})
