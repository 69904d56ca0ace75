// SPDX-License-Identifier: Apache-2.0
/** A link in a row of a table: an anchor and no more, since the router's own link costs as much as the rest of a row that scrolls past. */
import { useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import classes from './data-table.module.css'
import { hintFor } from './hint-for.ts'

/** `to` is a path within the console, its parts encoded. */
export function RowLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const navigate = useNavigate()
  const onClick = (event: MouseEvent) => {
    // A new tab, a new window, a download: the browser does these by itself.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void navigate({ to })
  }
  return (
    <a href={to} className={classes.link} title={hintFor(children)} onClick={onClick}>
      {children}
    </a>
  )
}
