// SPDX-License-Identifier: Apache-2.0
/** Roles that come with the product, people who have signed in, and why somebody may or may not. */
import type { ExplainRequest } from '@kaas/http-contract'
import { queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

/** They change with the version of the product only. */
export const shippedRolesQuery = queryOptions({
  queryKey: ['shipped-roles'],
  queryFn: ({ signal }) => api(signal).shippedRoles(),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Who has signed in; needs read on Session. */
export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => api(signal).listPeople(),
})

/** The decision about one question. Rights change at any time, so it is asked anew whenever it is shown. */
export function explanationQuery(question: ExplainRequest) {
  return queryOptions({
    queryKey: ['explain-right', question],
    queryFn: ({ signal }) => api(signal).explainRight(question),
    staleTime: 0,
    retry: false,
  })
}
