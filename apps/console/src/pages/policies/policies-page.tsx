// SPDX-License-Identifier: Apache-2.0
/** The policies that she reads, all or those that her teams can meet: what they are about, where they hold, whether they refuse or warn. */
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
  const write = may({ verb: 'write', kind: 'Policy' }, {}) && (
    <Button component={Link} to="/new-policy" leftSection={<Plus size={15} aria-hidden />}>
      Write a policy
    </Button>
  )
  return (
    <Page title="Policies" lead="What may be ordered and created, and what people read who try otherwise." actions={write}>
      <ResourceTable
        kind="Policy"
        id="policies"
        label="Policies"
        columns={COLUMNS}
        pathOf={(name) => `/policies/${name}`}
        empty={
          <Empty title="No policies yet" action={write}>
            Without policies everything is allowed that fits roles and limits.
          </Empty>
        }
      />
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
