// SPDX-License-Identifier: Apache-2.0
/** Consumer groups of a tenant, and moving their offsets. */
import type { OffsetReset, ViewListOptions } from '@kaas/http-contract'
import { infiniteQueryOptions, queryOptions, useMutation } from '@tanstack/react-query'
import { api } from './api.ts'
import { queryClient } from './query-client.ts'

const PAGE_SIZE = 200
const KEY = 'groups'
const LIST_REFRESH_MS = 15_000
const MOST_PAGES_RENEWED = 3
const REFRESH_MS = 5000

/** The groups, page by page; the server sorts and filters. */
export function groupsQuery(tenant: string, { sort, filter }: Pick<ViewListOptions, 'sort' | 'filter'> = {}) {
  return infiniteQueryOptions({
    queryKey: [KEY, tenant, 'list', { sort: sort ?? '', filter: filter ?? '' }],
    queryFn: ({ signal, pageParam }) =>
      api(signal).listGroups(tenant, {
        limit: PAGE_SIZE,
        ...(sort !== undefined && sort !== '' && { sort }),
        ...(filter !== undefined && filter !== '' && { filter }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // Only what a person can see is worth asking for again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= MOST_PAGES_RENEWED ? LIST_REFRESH_MS : false),
  })
}

/** One group, followed while somebody looks. */
export function groupQuery(tenant: string, group: string) {
  return queryOptions({
    queryKey: [KEY, tenant, 'one', group],
    queryFn: ({ signal }) => api(signal).group(tenant, group),
    refetchInterval: REFRESH_MS,
  })
}

/** Moves offsets; with `dryRun` only says what would be. */
export function useResetOffsets(tenant: string, group: string) {
  return useMutation({
    mutationFn: ({ reset, dryRun }: { readonly reset: OffsetReset; readonly dryRun: boolean }) =>
      api().resetOffsets(tenant, group, reset, dryRun),
    onSuccess: (_, { dryRun }) => (dryRun ? undefined : queryClient.invalidateQueries({ queryKey: [KEY, tenant] })),
  })
}

/** Deletes a group with its offsets. */
export function useDeleteGroup(tenant: string, group: string) {
  return useMutation({
    mutationFn: () => api().deleteGroup(tenant, group),
    onSuccess: async () => {
      queryClient.removeQueries({ queryKey: [KEY, tenant, 'one', group] })
      await queryClient.invalidateQueries({ queryKey: [KEY, tenant, 'list'] })
    },
  })
}
