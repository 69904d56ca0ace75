// SPDX-License-Identifier: Apache-2.0
/** What a table is given. */
import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import type { TableState } from './use-table-state.ts'

/** More rows that the server has. */
export interface MoreRows {
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly load: () => unknown
}

/** What a table is given. Rows come sorted and filtered. */
export interface DataTableProps<Row> {
  /** Of the kind of table: names its choice of columns and its CSV file. */
  readonly id: string
  /** What the rows are, for those who do not see it: "Tenants". */
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly state: TableState
  readonly more?: MoreRows
  /** How many rows there are at the server, when it says so. */
  readonly total?: number | undefined
  /** Opens a row, by Enter or a click beside its links. */
  readonly onOpen?: (row: Row) => void
  /** Chooses a row or gives it up, by the space bar; the cell has a box for the pointer. */
  readonly onToggle?: (row: Row) => void
  /** Key of the row that is open elsewhere on the page. */
  readonly openKey?: string
  /** Filter box, buttons: on the left above the table. */
  readonly tools?: ReactNode
  /** Instead of rows when there are none. */
  readonly empty?: ReactNode
  /** All rows for CSV, when more are at the server; without it CSV has those that are here. */
  readonly loadAll?: () => Promise<readonly Row[]>
}

/** With the columns that are shown. */
export interface ShownTableProps<Row> extends DataTableProps<Row> {
  readonly shown: readonly Column<Row>[]
}
