// SPDX-License-Identifier: Apache-2.0
/** A list of resources of one kind: found, sorted and paged by the server, each row leading to its resource. */
import type { ResourceKind } from '@kaas/domain'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { singularOf } from '../../format/numbers.ts'
import { Empty, Failed } from '../states.tsx'
import type { Column } from './column.ts'
import { DataTable } from './data-table.tsx'
import { FilterBox } from './filter-box.tsx'
import { KEEP_ROWS, useRows } from './use-rows.ts'
import { useTableState } from './use-table-state.ts'

interface ResourceTableProps<K extends ResourceKind> {
  readonly kind: K
  /** Names its choice of columns and its CSV file. */
  readonly id: string
  /** What the rows are: "Tenants". */
  readonly label: string
  /** The same from one drawing to the next. */
  readonly columns: readonly Column<ResourceItem<K>>[]
  /** For kinds that live in one. */
  readonly tenant?: string
  /** A term of the server's filter that always holds: `spec.scope.team=pay`. */
  readonly only?: string
  readonly pathOf: (name: string) => string
  /** A term that can be typed beside parts of names: `ready=false`. */
  readonly example?: string
  /** Instead of rows when there are none at all. */
  readonly empty: ReactNode
}

export function ResourceTable<K extends ResourceKind>(props: ResourceTableProps<K>) {
  const { kind, id, label, columns, tenant, only = '', pathOf, example, empty } = props
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: filterFor(state.filter, only), ...(tenant !== undefined && { tenant }) }
  const list = useInfiniteQuery({ ...resourceListQuery(kind, options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id={id}
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: pathOf(metadata.name) })}
      loadAll={() => loadAllResources(kind, options)}
      tools={
        <FilterBox
          value={state.filter}
          onChange={(filter) => state.change({ filter })}
          placeholder={example === undefined ? 'Name' : `Name, or ${example}`}
        />
      }
      empty={state.filter === '' ? empty : <NothingFits label={label} example={example} />}
    />
  )
}

function NothingFits({ label, example }: { readonly label: string; readonly example: string | undefined }) {
  return (
    <Empty title={`No ${singularOf(label.toLowerCase())} fits the filter`}>
      Words are parts of names.{example !== undefined && ` Terms such as ${example} go beside them.`}
    </Empty>
  )
}
