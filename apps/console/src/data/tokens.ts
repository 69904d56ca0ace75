// SPDX-License-Identifier: Apache-2.0
/** Tokens of the API. Their secrets are not kept in the cache. */
import type { NewToken } from '@kaas/http-contract'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'
import { loadAllResources } from './resources.ts'

const KEY = ['tokens']

/** The person's own tokens, or all that she may see; the newest first. */
export function tokensQuery(all: boolean) {
  return queryOptions({
    queryKey: [...KEY, all],
    queryFn: ({ signal }) => api(signal).listTokens(all),
    staleTime: 0,
  })
}

/** Names of the roles that somebody made here, beside those that come with the product. */
export const ownRolesQuery = queryOptions({
  queryKey: ['Role', 'list', 'names'],
  queryFn: async () => (await loadAllResources('Role')).map(({ metadata }) => metadata.name),
})

/** Makes one. The answer holds the secret, this once. */
export function useCreateToken() {
  return useMutation({
    mutationFn: (token: NewToken) => api().createToken(token),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: KEY }),
    gcTime: 0,
  })
}

/** Ends one at once. */
export function useEndToken() {
  return useMutation({
    mutationFn: (id: string) => api().endToken(id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}
