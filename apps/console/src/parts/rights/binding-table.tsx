// SPDX-License-Identifier: Apache-2.0
/** Who has which role where: the bindings that the person may see, found and paged by the server. */
import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { scopeWords, subjectWords } from '../../format/right-words.ts'
import type { Column } from '../data-table/column.ts'
import { DataTable } from '../data-table/data-table.tsx'
import { FilterBox } from '../data-table/filter-box.tsx'
import { changedColumn, nameColumn } from '../data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../data-table/use-rows.ts'
import { useTableState } from '../data-table/use-table-state.ts'
import { Empty, Failed } from '../states.tsx'

type Binding = ResourceItem<'RoleBinding'>

const COLUMNS: readonly Column<Binding>[] = [
  nameColumn('/bindings', 'minmax(150px, 1fr)'),
  {
    id: 'role',
    header: 'Role',
    width: 'minmax(130px, 1fr)',
    text: ({ spec }) => spec.role,
    cell: ({ spec }) => (
      <Anchor component={Link} to={`/roles/${spec.role}`}>
        {spec.role}
      </Anchor>
    ),
  },
  { id: 'scope', header: 'Holds in', width: 'minmax(140px, 1fr)', text: ({ spec }) => scopeWords(spec.scope) },
  {
    id: 'subjects',
    header: 'Given to',
    width: 'minmax(200px, 2fr)',
    text: ({ spec }) => subjectWords(spec.subjects).join(', ') || 'nobody',
  },
  changedColumn(),
]

interface BindingTableProps {
  /** A term of the server's filter: `spec.scope.team=pay`. */
  readonly only?: string
  readonly action: React.ReactNode
}

export function BindingTable({ only = '', action }: BindingTableProps) {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: filterFor(state.filter, only) }
  const list = useInfiniteQuery({ ...resourceListQuery('RoleBinding', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  if (list.error !== null && rows.length === 0) return <Failed error={list.error} retry={list.refetch} />
  return (
    <DataTable
      id="bindings"
      label="Bindings"
      columns={COLUMNS}
      rows={rows}
      rowKey={({ metadata }) => metadata.name}
      state={state}
      more={more}
      onOpen={({ metadata }) => void navigate({ to: `/bindings/${metadata.name}` })}
      loadAll={() => loadAllResources('RoleBinding', options)}
      tools={
        <FilterBox
          value={state.filter}
          onChange={(filter) => state.change({ filter })}
          placeholder="Name, or spec.role=team-admin"
        />
      }
      empty={<NoBindings filter={state.filter} action={action} />}
    />
  )
}

function NoBindings({ filter, action }: { readonly filter: string; readonly action: React.ReactNode }) {
  return filter === '' ? (
    <Empty title="No role was given here" action={action}>
      Members of a team work in it without a binding. A binding gives a group or a person another role.
    </Empty>
  ) : (
    <Empty title="No binding fits the filter" />
  )
}
