// SPDX-License-Identifier: Apache-2.0
/** The person's own open sessions. */
import { queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'

const KEY = ['own-sessions']

/** Open sessions, the latest used first. */
export const ownSessionsQuery = queryOptions({
  queryKey: KEY,
  queryFn: ({ signal }) => api(signal).listSessions(),
  staleTime: 0,
})

/** Ends one. */
export function useEndSession() {
  return useMutation({
    mutationFn: (id: string) => api().endSession(id),
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
  })
}
