// SPDX-License-Identifier: Apache-2.0
/** One row of a table, or one card on a small screen. */
import { type KeyboardEvent, type MouseEvent, memo } from 'react'
import type { Column } from './column.ts'
import classes from './data-table.module.css'
import { hintFor } from './hint-for.ts'

interface RowProps<Row> {
  readonly row: Row
  readonly index: number
  /** Pixels from the top. */
  readonly start: number
  readonly columns: readonly Column<Row>[]
  readonly isFocusable: boolean
  readonly isOpen: boolean
  /** Given where rows differ in height. */
  readonly measure: ((element: HTMLElement | null) => void) | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  readonly onToggle: ((row: Row) => void) | undefined
}

function PlainRow<Row>({ row, index, start, columns, isFocusable, isOpen, measure, onOpen, onToggle }: RowProps<Row>) {
  const onClick = (event: MouseEvent<HTMLElement>) => {
    // A click that selects text, or one on a link, means that.
    if (isOnControl(event.target) || (getSelection()?.toString() ?? '') !== '') return
    onOpen?.(row)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter') onOpen?.(row)
    if (event.key === ' ' && onToggle !== undefined) {
      event.preventDefault()
      onToggle(row)
    }
  }
  return (
    <div
      role="row"
      ref={measure}
      data-index={index}
      data-opens={onOpen === undefined ? undefined : true}
      aria-rowindex={index + 2}
      aria-selected={isOpen || undefined}
      tabIndex={isFocusable ? 0 : -1}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {columns.map((column) => cellOf(column, row))}
    </div>
  )
}

export const TableRow = memo(PlainRow) as typeof PlainRow

/** No component of its own: a row has many, and thousands of rows go by. */
function cellOf<Row>({ id, header, text, cell, align }: Column<Row>, row: Row) {
  const same = { role: 'gridcell', tabIndex: -1, 'data-align': align, 'data-header': header } as const
  if (cell !== undefined) {
    return (
      <div key={id} className={classes.cell} {...same}>
        {cell(row)}
      </div>
    )
  }
  const words = text(row)
  return (
    <div key={id} className={`${classes.cell} ${classes.text}`} title={hintFor(words)} {...same}>
      {words}
    </div>
  )
}

function isOnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, [role="menuitem"]') !== null
}
