// SPDX-License-Identifier: Apache-2.0
/** The heads of a table. One that can be sorted by is a button: upwards, downwards, and back to the usual order is another column's. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Column } from './column.ts'
import classes from './data-table.module.css'

interface HeadRowProps<Row> {
  readonly columns: readonly Column<Row>[]
  readonly sort: string
  readonly onSort: (sort: string) => void
}

export function HeadRow<Row>({ columns, sort, onSort }: HeadRowProps<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={classes.head} tabIndex={-1}>
      {columns.map(({ id, header, align, sort: word }) => (
        <div
          key={id}
          role="columnheader"
          tabIndex={-1}
          className={classes.headCell}
          data-align={align}
          aria-sort={ariaSort(word, sort)}
        >
          {word === undefined ? (
            header
          ) : (
            <button type="button" className={classes.sort} onClick={() => onSort(sort === word ? `-${word}` : word)}>
              {header}
              {sort === word && <ArrowUp size={13} aria-hidden />}
              {sort === `-${word}` && <ArrowDown size={13} aria-hidden />}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}

function ariaSort(word: string | undefined, sort: string): 'ascending' | 'descending' | undefined {
  if (word === undefined) return undefined
  return sort === word ? 'ascending' : sort === `-${word}` ? 'descending' : undefined
}
