// SPDX-License-Identifier: Apache-2.0
/** Roles that somebody here has made. */
import type { ResourceItem } from '../../data/resources.ts'
import { counted } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { nameColumn } from '../../parts/data-table/resource-columns.tsx'
import { ResourceTable } from '../../parts/data-table/resource-table.tsx'
import { Empty } from '../../parts/states.tsx'

const COLUMNS: readonly Column<ResourceItem<'Role'>>[] = [
  nameColumn('/roles', 'minmax(160px, 1fr)'),
  { id: 'description', header: 'Description', width: 'minmax(200px, 3fr)', text: ({ spec }) => spec.description },
  { id: 'rules', header: 'Rules', width: '110px', text: ({ spec }) => counted(spec.rules.length, 'rule') },
]

export function OwnRoles() {
  return (
    <ResourceTable
      kind="Role"
      id="roles"
      label="Own roles"
      columns={COLUMNS}
      pathOf={(name) => `/roles/${name}`}
      empty={
        <Empty title="No own roles">The roles of the product are enough for most. Make one for what they do not fit.</Empty>
      }
    />
  )
}
