// SPDX-License-Identifier: Apache-2.0
/** All policies: what they are about, where they hold, whether they refuse or warn. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { filterFor } from '../../data/filter-text.ts'
import { type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Failed } from '../../parts/states.tsx'

type Policy = ResourceItem<'Policy'>

const COLUMNS: readonly Column<Policy>[] = [
  nameColumn('/policies', 'minmax(180px, 1fr)'),
  { id: 'about', header: 'About', width: 'minmax(200px, 2fr)', text: ({ spec }) => aboutOf(spec) },
  { id: 'scope', header: 'Scope', width: '130px', text: ({ spec }) => scopeOf(spec) },
  {
    id: 'severity',
    header: 'It',
    width: '90px',
    text: ({ spec }) => (spec.severity === 'refuse' ? 'refuses' : 'warns'),
  },
  { id: 'description', header: 'Description', width: 'minmax(200px, 2fr)', text: ({ spec }) => spec.description },
  changedColumn(),
]

export function PoliciesPage() {
  const may = useMay()
  const navigate = useNavigate()
  const state = useTableState('name')
  const list = useInfiniteQuery({
    ...resourceListQuery('Policy', { sort: state.sort, filter: filterFor(state.filter) }),
    ...KEEP_ROWS,
  })
  const { rows, more } = useRows(list)
  const write = may({ verb: 'write', kind: 'Policy' }) && (
    <Button component={Link} to="/new-policy" leftSection={<Plus size={15} aria-hidden />}>
      Write a policy
    </Button>
  )
  return (
    <Page title="Policies" lead="What may be ordered and created, and what people read who try otherwise." actions={write}>
      {list.error !== null && rows.length === 0 ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <DataTable
          id="policies"
          label="Policies"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ metadata }) => metadata.name}
          state={state}
          more={more}
          onOpen={({ metadata }) => void navigate({ to: `/policies/${metadata.name}` })}
          tools={<FilterBox value={state.filter} onChange={(filter) => state.change({ filter })} placeholder="Name" />}
          empty={
            <Empty title={state.filter === '' ? 'No policies yet' : 'No policy fits the filter'} action={write}>
              Without policies everything is allowed that fits roles and limits.
            </Empty>
          }
        />
      )}
    </Page>
  )
}

function aboutOf({ appliesTo: { kinds, environments, teams, labels } }: Policy['spec']): string {
  const parts = [kinds.join(', '), environments.join(', '), teams.map((team) => `team ${team}`).join(', ')]
  return [...parts, ...Object.entries(labels).map(([name, value]) => `${name}=${value}`)].filter(Boolean).join(' · ')
}

function scopeOf({ scope }: Policy['spec']): string {
  return scope === 'platform' ? 'platform' : `team ${scope.team}`
}
