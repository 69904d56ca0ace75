// SPDX-License-Identifier: Apache-2.0
/**
 * DeleteAcls: removes the access rules that match filters, and says which. KIP-290 added patterns (v1), KIP-373 users as
 * resources (v3).
 */
import { api } from '../api.ts'
import { ACL_RESOURCES, array, errorText, int8, int16, int32, principal, string } from '../schema.ts'

export const deleteAcls = api({
  key: 31,
  name: 'DeleteAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    filters: array({
      resourceTypeFilter: int8,
      resourceNameFilter: string.dependsOn('resourceTypeFilter', ACL_RESOURCES).nullable(),
      patternTypeFilter: int8.or(3),
      principalFilter: principal.nullable(),
      hostFilter: string.nullable(),
      operation: int8,
      permissionType: int8,
    }),
  },
  response: {
    throttleTimeMs: int32,
    filterResults: array({
      errorCode: int16,
      errorMessage: errorText.nullable(),
      matchingAcls: array({
        errorCode: int16,
        errorMessage: errorText.nullable(),
        resourceType: int8,
        resourceName: string.dependsOn('resourceType', ACL_RESOURCES),
        patternType: int8.or(3),
        principal,
        host: string,
        operation: int8,
        permissionType: int8,
      }),
    }),
  },
})
