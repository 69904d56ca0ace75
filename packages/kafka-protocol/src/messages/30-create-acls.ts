// SPDX-License-Identifier: Apache-2.0
/** CreateAcls: new access rules. KIP-290 added patterns (v1), KIP-373 users as resources (v3). */
import { api } from '../api.ts'
import { ACL_RESOURCES, array, errorText, int8, int16, int32, principal, string } from '../schema.ts'

export const createAcls = api({
  key: 30,
  name: 'CreateAcls',
  versions: [1, 3],
  flexible: 2,
  request: {
    creations: array({
      resourceType: int8,
      /** `*` with pattern type LITERAL is every resource of the type. */
      resourceName: string.dependsOn('resourceType', ACL_RESOURCES),
      resourcePatternType: int8.or(3),
      /** With its type, as in `User:orders.app`. */
      principal,
      /** An address of clients; `*` is any. */
      host: string,
      operation: int8,
      permissionType: int8,
    }),
  },
  response: {
    throttleTimeMs: int32,
    results: array({ errorCode: int16, errorMessage: errorText.nullable() }),
  },
})
