// SPDX-License-Identifier: Apache-2.0
/** AlterClientQuotas: sets or removes quotas of users, client ids and addresses (KIP-546). */
import { api } from '../api.ts'
import { array, bool, errorText, float64, int16, int32, string } from '../schema.ts'

export const alterClientQuotas = api({
  key: 49,
  name: 'AlterClientQuotas',
  versions: [0, 1],
  flexible: 1,
  request: {
    entries: array({
      entity: array({
        /** `user`, `client-id` or `ip`. */
        entityType: string,
        /** Null is the default of its type. */
        entityName: string.dependsOn('entityType', { user: 'user' }).nullable(),
      }),
      ops: array({ key: string, value: float64, remove: bool }),
    }),
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: int32,
    entries: array({
      errorCode: int16,
      errorMessage: errorText.nullable(),
      entity: array({
        entityType: string,
        /** Null is the default of its type. */
        entityName: string.dependsOn('entityType', { user: 'user' }).nullable(),
      }),
    }),
  },
})
