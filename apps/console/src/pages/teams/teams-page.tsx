// SPDX-License-Identifier: Apache-2.0
/** The teams that the person may see. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ResourceItem } from '../../data/resources.ts'
import { useMay } from '../../data/session.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { changedColumn, nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty } from '../../parts/states.tsx'

type Team = ResourceItem<'Team'>

const COLUMNS: readonly Column<Team>[] = [
  nameColumn('/teams', 'minmax(160px, 1fr)'),
  { id: 'people', header: 'People', width: 'minmax(180px, 2fr)', text: ({ spec }) => spec.members.join(', ') || '–' },
  { id: 'groups', header: 'Groups', width: 'minmax(180px, 2fr)', text: ({ spec }) => spec.externalGroups.join(', ') || '–' },
  changedColumn(),
]

export function TeamsPage() {
  return (
    <Page title="Teams" actions={<NewTeam />} lead="A team owns tenants. Its members work with all of them.">
      <ResourceTable
        kind="Team"
        id="teams"
        label="Teams"
        columns={COLUMNS}
        pathOf={(name) => `/teams/${name}`}
        empty={<Empty title="No team to see" action={<NewTeam />} />}
      />
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
