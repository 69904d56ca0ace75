// SPDX-License-Identifier: Apache-2.0
/** What a user may do in Kafka. */
import type { AccessQuestion } from '@kaas/http-contract'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'

/** Rights in words and as ACLs. They follow the document of the user, whose generation is part of the key. */
export function userAccessQuery(tenant: string, user: string, generation: number) {
  return queryOptions({
    queryKey: ['user-access', tenant, user, generation],
    queryFn: ({ signal }) => api(signal).userAccess(tenant, user),
  })
}

/** Asks whether the user may do one thing. */
export function useCheckAccess(tenant: string, user: string) {
  return useMutation({ mutationFn: (question: AccessQuestion) => api().checkAccess(tenant, user, question) })
}
