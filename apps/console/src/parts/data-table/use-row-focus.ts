// SPDX-License-Identifier: Apache-2.0
/** One row of a table can be reached by Tab; arrows move from there. A row that is not on the screen is scrolled to first. */
import { type FocusEvent, type KeyboardEvent, useState } from 'react'

const PAGE = 15

/** What the group of rows and each row need. */
export interface RowFocus {
  /** Index of the row that Tab reaches. */
  readonly focused: number
  readonly ofGroup: {
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  }
}

/** For a table with `count` rows. */
export function useRowFocus(count: number, scrollTo: (index: number) => void): RowFocus {
  const [wanted, setFocused] = useState(0)
  const focused = Math.min(wanted, Math.max(0, count - 1))
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = targetOf(event.key, focused, count)
    if (next === undefined || isInField(event.target)) return
    event.preventDefault()
    setFocused(next)
    scrollTo(next)
    const group = event.currentTarget
    // The row exists only after the scroll was drawn.
    requestAnimationFrame(() => requestAnimationFrame(() => rowAt(group, next)?.focus({ preventScroll: true })))
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    if (row !== null) setFocused(Number(row.dataset.index))
  }
  return { focused, ofGroup: { onKeyDown, onFocus } }
}

function targetOf(key: string, from: number, count: number): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  }
  const to = moves[key]
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to))
}

function isInField(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function rowAt(group: HTMLElement, index: number): HTMLElement | null {
  return group.querySelector<HTMLElement>(`[data-index="${index}"]`)
}
