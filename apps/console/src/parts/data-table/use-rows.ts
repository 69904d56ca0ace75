// SPDX-License-Identifier: Apache-2.0
/** Rows of a list that comes in pages, for a table. */
import { type InfiniteData, keepPreviousData, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { MoreRows } from './table-props.ts'

/** Spread into a list query: while a filter is typed the rows of the one before stay. */
export const KEEP_ROWS = { placeholderData: keepPreviousData } as const

/** The rows that are here, and how to get more. */
export function useRows<Row>(query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>): {
  readonly rows: readonly Row[]
  readonly more: MoreRows
} {
  const { data, hasNextPage, isFetchingNextPage, isPending, fetchNextPage } = query
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data])
  return { rows, more: { hasMore: hasNextPage, isLoading: isFetchingNextPage || isPending, load: fetchNextPage } }
}
