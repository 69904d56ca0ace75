// SPDX-License-Identifier: Apache-2.0
/** How answers are kept: for half a minute without asking again, since the event stream says what changed. */
import { asKaasError } from '@kaas/errors'
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'

const FRESH_MS = 30_000
const MOST_RETRIES = 2
/** The key of the session, which ends for all queries at once. */
export const SESSION_KEY = ['session'] as const

/** The one cache of the app. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEndOfSession }),
  mutationCache: new MutationCache({ onError: noticeEndOfSession }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < MOST_RETRIES && asKaasError(error).retriable,
    },
  },
})

/** A session that ended elsewhere is asked for again, which leads to the sign-in. */
function noticeEndOfSession(error: unknown, ...[, , query]: readonly unknown[]): void {
  if (asKaasError(error).kind !== 'unauthenticated' || isSessionQuery(query)) return
  void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
}

function isSessionQuery(query: unknown): boolean {
  const key = (query as { readonly queryKey?: readonly unknown[] } | undefined)?.queryKey
  return key?.[0] === SESSION_KEY[0]
}
