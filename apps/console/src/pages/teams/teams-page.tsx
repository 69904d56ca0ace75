// SPDX-License-Identifier: Apache-2.0
/** The teams that the person may see. */
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { filterFor } from '../../data/filter-text.ts'
import { loadAllResources, type ResourceItem, resourceListQuery } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { FilterBox } from '../../parts/data-table/filter-box.tsx'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { KEEP_ROWS, useRows } from '../../parts/data-table/use-rows.ts'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Page } from '../../parts/page.tsx'
import { Empty, Failed } from '../../parts/states.tsx'

type Team = ResourceItem<'Team'>

const COLUMNS: readonly Column<Team>[] = [
  nameColumn('/teams', 'minmax(160px, 1fr)'),
  { id: 'people', header: 'People', width: 'minmax(180px, 2fr)', text: ({ spec }) => spec.members.join(', ') || '–' },
  { id: 'groups', header: 'Groups', width: 'minmax(180px, 2fr)', text: ({ spec }) => spec.externalGroups.join(', ') || '–' },
  changedColumn(),
]

export function TeamsPage() {
  const navigate = useNavigate()
  const state = useTableState('name')
  const options = { sort: state.sort, filter: filterFor(state.filter) }
  const list = useInfiniteQuery({ ...resourceListQuery('Team', options), ...KEEP_ROWS })
  const { rows, more } = useRows(list)
  return (
    <Page title="Teams" actions={<NewTeam />} lead="A team owns tenants. Its members work with all of them.">
      {list.error !== null && rows.length === 0 ? (
        <Failed error={list.error} retry={list.refetch} />
      ) : (
        <DataTable
          id="teams"
          label="Teams"
          columns={COLUMNS}
          rows={rows}
          rowKey={({ metadata }) => metadata.name}
          state={state}
          more={more}
          onOpen={({ metadata }) => void navigate({ to: `/teams/${metadata.name}` })}
          loadAll={() => loadAllResources('Team', options)}
          tools={<FilterBox value={state.filter} onChange={(filter) => state.change({ filter })} placeholder="Name" />}
          empty={<Empty title="No team to see" action={<NewTeam />} />}
        />
      )}
    </Page>
  )
}

/** Making a team is the platform's: her own team gives nobody another one. */
function NewTeam() {
  const may = useMay()
  if (!may({ verb: 'write', kind: 'Team' }, {})) return null
  return (
    <Button component={Link} to="/new-team" leftSection={<Plus size={15} aria-hidden />}>
      Create a team
    </Button>
  )
}
