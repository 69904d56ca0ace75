// SPDX-License-Identifier: Apache-2.0
/** Who is signed in and what she may do; signing in and out. */
import { asKaasError } from '@kaas/errors'
import type { SessionAnswer, SignInOptions } from '@kaas/http-contract'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { api, rememberCsrf } from './api.ts'
import { mayDo, type Place, type Right } from './may.ts'
import { queryClient, SESSION_KEY } from './query-client.ts'

/** Whether a session came to its end while the console was open. */
let hasEnded = false

/** Whether somebody was signed in until her session ended by itself, so that the sign-in page can say so. */
export function wasSignedIn(): boolean {
  return hasEnded
}

/** The session; null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal }): Promise<SessionAnswer | null> => {
    const session = await loadSession(signal)
    rememberCsrf(session?.csrf)
    if (session !== null) hasEnded = false
    else if (queryClient.getQueryData(SESSION_KEY)) hasEnded = true
    return session
  },
  staleTime: 5 * 60_000,
  refetchOnWindowFocus: 'always',
})

/** Nobody for whom a page could be shown: pages below the frame never meet it. */
const NOBODY: SessionAnswer = {
  person: { name: '', displayName: '', provider: '', groups: [] },
  csrf: '',
  grants: [],
  teams: [],
}

/** The session on a page that needs one. */
export function useSession(): SessionAnswer {
  return useQuery(sessionQuery).data ?? NOBODY
}

/** `may({ verb: 'write', kind: 'Topic' }, { tenant, team })`: whether to offer something. */
export function useMay(): (right: Right, place?: Place) => boolean {
  const session = useSession()
  return (right, place) => mayDo(session, right, place)
}

/** The ways to sign in. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: ({ signal }): Promise<SignInOptions> => api(signal).signInOptions(),
})

/** Signs the bootstrap administrator in. */
export function useSignInByPassword() {
  return useMutation({
    mutationFn: ({ name, password }: { readonly name: string; readonly password: string }) =>
      api().signInByPassword(name, password),
    onSuccess: (session) => {
      rememberCsrf(session.csrf)
      // The session's own entry stays: the sign-in page watches it, and leaves when somebody is in.
      queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
      queryClient.setQueryData(SESSION_KEY, session)
    },
  })
}

/** Ends the session and forgets everything that was read in it. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => api().signOut(),
    onSettled: () => {
      rememberCsrf(undefined)
      queryClient.clear()
      queryClient.setQueryData(SESSION_KEY, null)
    },
  })
}

/** Says yes or no to a command line that waits for it; gives back what was said. */
export function useAnswerDevice() {
  return useMutation({
    mutationFn: async ({ userCode, approve }: { readonly userCode: string; readonly approve: boolean }) => {
      await api().confirmDeviceSignIn(userCode, approve)
      return approve
    },
  })
}

async function loadSession(signal: AbortSignal): Promise<SessionAnswer | null> {
  try {
    return await api(signal).session()
  } catch (error) {
    if (asKaasError(error).kind === 'unauthenticated') return null
    throw error
  }
}
