// SPDX-License-Identifier: Apache-2.0
/**
 * Every table of the console: only the rows on the screen exist, so that a hundred thousand scroll like ten. On a small screen each
 * row is a card. By keyboard: arrows, Home, End and Page keys move between rows, Enter opens one.
 */
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useMemo, useRef } from 'react'
import { usePreferences } from '../../browser/preferences.ts'
import { shownColumns, tracksOf } from './column.ts'
import classes from './data-table.module.css'
import { HeadRow } from './head-row.tsx'
import type { DataTableProps, MoreRows, ShownTableProps } from './table-props.ts'
import { TableRow } from './table-row.tsx'
import { TableTools } from './table-tools.tsx'
import { useNewest } from './use-newest.ts'
import { useRowFocus } from './use-row-focus.ts'

const ROW_HEIGHT = 34
const CARD_HEIGHT = 140
const OVERSCAN = 6
/** Rows before the end at which more are asked for. */
const AHEAD = 40

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { id, columns, rows, state, more, empty } = props
  const { hiddenColumns } = usePreferences()
  const shown = useMemo(
    () => shownColumns(columns, state.columns, hiddenColumns[id]),
    [columns, state.columns, hiddenColumns, id],
  )
  return (
    <div className={classes.whole}>
      <TableTools {...props} shown={shown} />
      {rows.length === 0 && more?.isLoading !== true ? empty : <Grid {...props} shown={shown} />}
    </div>
  )
}

function Grid<Row>({ label, rows, rowKey, state, more, openKey, shown, ...props }: ShownTableProps<Row>) {
  const isSmall = useMediaQuery('(max-width: 48em)') === true
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualRows(rows, rowKey, isSmall, scroller)
  const act = useActions(props)
  const items = virtual.getVirtualItems()
  useMoreRows(more, rows.length, items.at(-1)?.index ?? 0)
  const { focused, ofGroup } = useRowFocus(rows.length, (index) => virtual.scrollToIndex(index))
  // A row that was scrolled away cannot be reached by Tab; the first on the screen can.
  const tabStop = items.some(({ index }) => index === focused) ? focused : items[0]?.index
  const measure = isSmall ? virtual.measureElement : undefined
  const { template, leastWidth } = tracksOf(shown)
  const tracks = { '--columns': template, '--least-width': `${leastWidth}px` } as object
  return (
    <div ref={scroller} className={classes.scroller} data-small={isSmall || undefined}>
      <div role="grid" aria-label={label} aria-rowcount={rows.length + 1} style={tracks}>
        <HeadRow columns={shown} sort={state.sort} onSort={(sort) => state.change({ sort })} />
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }} {...ofGroup}>
          {items.map(({ index, key, start }) => {
            const row = rows[index]
            const place = { index, start, isFocusable: tabStop === index, isOpen: key === openKey, measure }
            return row === undefined ? null : <TableRow key={key} row={row} columns={shown} {...act} {...place} />
          })}
        </div>
      </div>
    </div>
  )
}

/** What rows do, by functions that stay the same. */
function useActions<Row>({ onOpen, onToggle }: Pick<ShownTableProps<Row>, 'onOpen' | 'onToggle'>) {
  const open = useNewest((row: Row) => onOpen?.(row))
  const toggle = useNewest((row: Row) => onToggle?.(row))
  return { onOpen: onOpen && open, onToggle: onToggle && toggle }
}

/** Functions that are the same from one drawing to the next: a new one makes the list measure all its rows again. */
function useVirtualRows<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  isSmall: boolean,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const key = useNewest(rowKey)
  const keyOf = useCallback((index: number) => (rows[index] === undefined ? index : key(rows[index])), [rows, key])
  const heightOf = useCallback(() => (isSmall ? CARD_HEIGHT : ROW_HEIGHT), [isSmall])
  return useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: OVERSCAN,
    getItemKey: keyOf,
  })
}

function useMoreRows(more: MoreRows | undefined, count: number, last: number): void {
  const isNearEnd = last >= count - AHEAD
  const { hasMore = false, isLoading = false, load } = more ?? {}
  useEffect(() => {
    if (isNearEnd && hasMore && !isLoading) void load?.()
  }, [isNearEnd, hasMore, isLoading, load])
}
