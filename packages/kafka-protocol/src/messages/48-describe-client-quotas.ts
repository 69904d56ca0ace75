// SPDX-License-Identifier: Apache-2.0
/** DescribeClientQuotas: quotas that match a filter (KIP-546). */
import { api } from '../api.ts'
import { array, bool, errorText, float64, int8, int16, int32, string } from '../schema.ts'

export const describeClientQuotas = api({
  key: 48,
  name: 'DescribeClientQuotas',
  versions: [0, 1],
  flexible: 1,
  request: {
    components: array({
      /** `user`, `client-id` or `ip`. */
      entityType: string,
      /** 0 is the name in `match`, 1 the default entity, 2 any. */
      matchType: int8,
      match: string.dependsOn('entityType', { user: 'user' }).nullable(),
    }),
    strict: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: errorText.nullable(),
    /** Null after an error. */
    entries: array({
      entity: array({
        entityType: string,
        /** Null is the default of its type. */
        entityName: string.dependsOn('entityType', { user: 'user' }).nullable(),
      }),
      values: array({ key: string, value: float64 }),
    }).nullable(),
  },
})
