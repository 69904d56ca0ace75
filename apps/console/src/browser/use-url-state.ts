// SPDX-License-Identifier: Apache-2.0
/** What a page shows (tab, filter, sort, selection) as state in its address, so that every view is a link. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { changeSearch, type Search } from './search-text.ts'

/** Changes members; `step` makes an entry in the browser's history (for tabs), else the present one is replaced (for typing). */
export type ChangeUrlState<T extends Search> = (change: Partial<T>, how?: 'step' | 'replace') => void

/** The members that `defaults` names. All are text. `defaults` must be a constant outside of the component. */
export function useUrlState<T extends Search>(defaults: T): readonly [T, ChangeUrlState<T>] {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  const state = useMemo(
    () => Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, search[name] ?? value])) as T,
    [search, defaults],
  )
  const change = useCallback<ChangeUrlState<T>>(
    (changed, how = 'replace') => {
      void navigate({
        to: '.',
        search: ((before: Search) => changeSearch(before, defaults, changed)) as never,
        replace: how === 'replace',
        resetScroll: false,
      })
    },
    [navigate, defaults],
  )
  return [state, change]
}

/** A part of the path: `useParam('tenant')` on `/tenants/$tenant`. Empty on pages without it. */
export function useParam(name: string): string {
  const params = useParams({ strict: false }) as Readonly<Record<string, string | undefined>>
  return params[name] ?? ''
}
