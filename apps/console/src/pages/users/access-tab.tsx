// SPDX-License-Identifier: Apache-2.0
/** What a user may do: in words, as the rights that Kafka holds, and one question at a time. */
import type { UserAccess } from '@kaas/http-contract'
import { Button, Code, List, Paper, SimpleGrid, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { userAccessQuery } from '../../data/access.ts'
import type { ResourceItem } from '../../data/resources.ts'
import { type Column, sortRows } from '../../parts/data-table/column.ts'
import { DataTable } from '../../parts/data-table/data-table.tsx'
import { useTableState } from '../../parts/data-table/use-table-state.ts'
import { Empty, QueryStates } from '../../parts/states.tsx'
import { AccessQuestionForm } from './access-question.tsx'
import { EditRights } from './edit-rights.tsx'

interface AccessTabProps {
  readonly tenant: string
  readonly user: ResourceItem<'User'>
  readonly mayEdit: boolean
}

export function AccessTab({ tenant, user, mayEdit }: AccessTabProps) {
  const { name, generation } = user.metadata
  const query = useQuery(userAccessQuery(tenant, name, generation))
  const [isEditing, setEditing] = useState(false)
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="xs">
            In words
          </Title>
          <QueryStates query={query}>{(access) => <Words access={access} user={name} />}</QueryStates>
          {mayEdit && (
            <Button size="xs" variant="default" mt="sm" onClick={() => setEditing(true)}>
              Change the rights
            </Button>
          )}
        </Paper>
        <AccessQuestionForm tenant={tenant} user={name} />
      </SimpleGrid>
      <section aria-label="Rights in Kafka">
        <Title order={2} size="h3" mb="xs">
          In Kafka
        </Title>
        <QueryStates query={query}>{({ acls }) => <AclTable acls={acls} />}</QueryStates>
      </section>
      <EditRights user={user} opened={isEditing} onClose={() => setEditing(false)} />
    </Stack>
  )
}

function Words({ access: { words }, user }: { readonly access: UserAccess; readonly user: string }) {
  if (words.length === 0) return <>It may log in, and sees nothing. Give it a role or a rule.</>
  return (
    <List size="sm" aria-label={`What ${user} may do`}>
      {words.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  )
}

type Acl = UserAccess['acls'][number]

const VALUES = {
  resource: ({ resource, name }: Acl) => `${resource} ${name}`,
  operation: ({ operation }: Acl) => operation,
  from: ({ from }: Acl) => from,
}

function AclTable({ acls }: { readonly acls: readonly Acl[] }) {
  const state = useTableState('resource')
  return (
    <DataTable
      id="acls"
      label="Rights"
      columns={COLUMNS}
      rows={sortRows(acls, state.sort, VALUES)}
      rowKey={(acl) => Object.values(acl).join(' ')}
      state={state}
      empty={<Empty title="No rights in Kafka">Kafka refuses everything that this user asks for.</Empty>}
    />
  )
}

const COLUMNS: readonly Column<Acl>[] = [
  { id: 'permission', header: 'Decision', width: '100px', text: ({ permission }) => permission },
  { id: 'operation', header: 'Operation', sort: 'operation', width: '140px', text: ({ operation }) => operation },
  { id: 'resource', header: 'On', sort: 'resource', width: '130px', text: ({ resource }) => resource },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(160px, 2fr)',
    text: ({ name, pattern }) => (pattern === 'prefix' ? `${name}…` : name),
    cell: (acl) => <AclName acl={acl} />,
  },
  { id: 'from', header: 'Because of', sort: 'from', width: 'minmax(160px, 1fr)', text: ({ from }) => from },
]

function AclName({ acl: { name, pattern } }: { readonly acl: Acl }) {
  if (pattern === 'literal') return <Code>{name}</Code>
  return name === '' || name === '*' ? <span>all of the tenant</span> : <span>begins with {name}</span>
}
