// SPDX-License-Identifier: Apache-2.0
/** The audit log: found by the server, followed while somebody looks, taken away as a file. */
import { type AuditEventAnswer, type AuditQueryInput, auditExportPath } from '@kaas/http-contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

/** Records of the first request, which is repeated while they are followed, and of those that come as somebody scrolls on. */
const FIRST_PAGE = 100
const FURTHER_PAGE = 500
const FOLLOW_MS = 3_000

/** One record. */
export type AuditEvent = AuditEventAnswer

/** What is looked for; empty texts are no condition. `sinceMs` counts back from now, each time it is asked. */
export interface AuditSearch {
  readonly text: string
  readonly actor: string
  readonly action: string
  readonly below: string
  readonly tenant: string
  readonly team: string
  readonly outcome: string
  readonly sinceMs?: number | undefined
  /** RFC 3339. */
  readonly from: string
  readonly until: string
}

/** Records page by page, newest first. Followed only while the first page is all that is shown: further down rows stay where they are. */
export function auditQuery(search: AuditSearch, follow: boolean) {
  return infiniteQueryOptions({
    queryKey: ['audit', search],
    queryFn: ({ signal, pageParam }) =>
      api(signal).audit({
        ...queryOf(search),
        ...(pageParam === '' ? { limit: FIRST_PAGE } : { limit: FURTHER_PAGE, cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchInterval: ({ state }) => (follow && (state.data?.pages.length ?? 1) === 1 ? FOLLOW_MS : false),
  })
}

/** The address of the same as a file. */
export function auditFilePath(search: AuditSearch, format: 'csv' | 'jsonl'): string {
  return auditExportPath({ ...queryOf(search), format })
}

/** Compares the log with its seals. Asked for by a person: it reads everything. */
export const auditCheckQuery = queryOptions({
  queryKey: ['audit-check'],
  queryFn: ({ signal }) => api(signal).checkAudit(),
  enabled: false,
  staleTime: 0,
})

type Filters = Omit<AuditQueryInput, 'limit' | 'cursor' | 'after'>

function queryOf({ sinceMs, ...search }: AuditSearch): Filters {
  const since = sinceMs === undefined ? {} : { from: new Date(Date.now() - sinceMs).toISOString() }
  const given = Object.entries(search).filter(([, value]) => value !== '')
  return { ...since, ...Object.fromEntries(given) } as Filters
}
