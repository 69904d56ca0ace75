// SPDX-License-Identifier: Apache-2.0
/** What happened to one resource and to what is in it, newest first, from the audit log. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

const PAGE_SIZE = 50

/** `path` is the resource's in the API: `/v1/tenants/orders`. With `below` also what is in it. */
export function historyQuery(path: string, below: boolean) {
  return infiniteQueryOptions({
    queryKey: ['history', path, below],
    queryFn: ({ signal, pageParam }) =>
      api(signal).audit({
        limit: PAGE_SIZE,
        ...(below ? { below: path } : { subject: path }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    // The log has no key that events name, and somebody who looks at it wants the newest.
    staleTime: 0,
  })
}
