// SPDX-License-Identifier: Apache-2.0
/** The columns of the list of users. */
import { Badge, Group } from '@mantine/core'
import type { ResourceItem } from '../../data/resources.ts'
import { counted } from '../../format/numbers.ts'
import type { Column } from '../../parts/data-table/column.ts'
import { changedColumn } from '../../parts/data-table/resource-columns.tsx'
import { RowLink } from '../../parts/data-table/row-link.tsx'
import { ResourceStatus, standingOf } from '../../parts/status-mark.tsx'
import { AUTHENTICATION_WORDS } from './new-user.ts'
import { userPath } from './user-path.ts'

type User = ResourceItem<'User'>

/** Of the users of that tenant. */
export function userColumns(tenant: string): readonly Column<User>[] {
  return [nameColumn(tenant), ...COLUMNS]
}

function nameColumn(tenant: string): Column<User> {
  return {
    id: 'name',
    header: 'Name',
    sort: 'name',
    width: 'minmax(160px, 2fr)',
    text: ({ metadata }) => metadata.name,
    cell: ({ metadata }) => <RowLink to={userPath(tenant, metadata.name)}>{metadata.name}</RowLink>,
  }
}

const COLUMNS: readonly Column<User>[] = [
  {
    id: 'status',
    header: 'Status',
    width: '140px',
    text: (user) => standingOf(user).word,
    cell: (user) => <ResourceStatus resource={user} />,
  },
  {
    id: 'rights',
    header: 'Rights',
    width: 'minmax(180px, 2fr)',
    text: (user) => rightsOf(user).join(' '),
    cell: (user) => <Rights user={user} />,
  },
  {
    id: 'authentication',
    header: 'Logs in by',
    width: 'minmax(190px, 1fr)',
    text: ({ spec }) => AUTHENTICATION_WORDS[spec.authentication],
  },
  { id: 'produce', header: 'Writes at most', width: '120px', align: 'end', text: ({ spec }) => spec.quotas.produce ?? '–' },
  { id: 'consume', header: 'Reads at most', width: '120px', align: 'end', text: ({ spec }) => spec.quotas.consume ?? '–' },
  changedColumn(),
]

function rightsOf({ spec }: User): readonly string[] {
  return [...spec.roles, ...(spec.access.length > 0 ? [counted(spec.access.length, 'rule')] : [])]
}

function Rights({ user }: { readonly user: User }) {
  const rights = rightsOf(user)
  if (rights.length === 0) return <span>none</span>
  return (
    <Group gap={4} wrap="nowrap">
      {rights.map((right) => (
        <Badge key={right} variant="default" tt="none" fw={500} size="sm">
          {right}
        </Badge>
      ))}
    </Group>
  )
}
