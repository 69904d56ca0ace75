// SPDX-License-Identifier: Apache-2.0
/** Who has which role where: the bindings that the person may see, found and paged by the server. */
import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ResourceItem } from '../../data/resources.ts'
import { scopeWords, subjectWords } from '../../format/right-words.ts'
import type { Column } from '../data-table/column.ts'
import { changedColumn, nameColumn } from '../data-table/resource-columns.tsx'
import { ResourceTable } from '../data-table/resource-table.tsx'
import { Empty } from '../states.tsx'

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
  return (
    <ResourceTable
      kind="RoleBinding"
      id="bindings"
      label="Bindings"
      columns={COLUMNS}
      only={only}
      pathOf={(name) => `/bindings/${name}`}
      example="spec.role=team-admin"
      empty={
        <Empty title="No role was given here" action={action}>
          Members of a team work in it without a binding. A binding gives a group or a person another role.
        </Empty>
      }
    />
  )
}
