// SPDX-License-Identifier: Apache-2.0
/** Filter, sort and columns of a table in the address. A page with two tables gives one of them a prefix. */
import { useCallback, useMemo } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'

/** What a table shows. `columns` is empty for the usual ones. */
export interface TableState {
  readonly filter: string
  readonly sort: string
  readonly columns: string
  readonly change: (change: Partial<Record<'filter' | 'sort' | 'columns', string>>) => void
}

/** `sort` is the order without a choice: `name`, or `-lag` for the other way round. */
export function useTableState(sort: string, prefix = ''): TableState {
  const defaults = useMemo(
    () => ({ [`${prefix}filter`]: '', [`${prefix}sort`]: sort, [`${prefix}columns`]: '' }),
    [prefix, sort],
  )
  const [state, changeUrl] = useUrlState<Record<string, string>>(defaults)
  const change = useCallback<TableState['change']>(
    (changed) => changeUrl(Object.fromEntries(Object.entries(changed).map(([name, value]) => [prefix + name, value]))),
    [changeUrl, prefix],
  )
  return {
    filter: state[`${prefix}filter`] ?? '',
    sort: state[`${prefix}sort`] ?? sort,
    columns: state[`${prefix}columns`] ?? '',
    change,
  }
}
