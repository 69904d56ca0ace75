// SPDX-License-Identifier: Apache-2.0
/** What the identity provider said, and what follows from it. */
import { renderScope } from '@kaas/domain'
import type { SessionAnswer } from '@kaas/http-contract'
import { Badge, Group, Stack, Table, Text, Title } from '@mantine/core'
import { Moment } from '../../parts/moment.tsx'

export function YouTab({ session }: { readonly session: SessionAnswer }) {
  const { person, expiresAt, idleExpiresAt } = session
  return (
    <Stack gap="lg" maw={760}>
      <Table aria-label="About you" variant="vertical" layout="fixed">
        <Table.Tbody>
          <Line name="Name">{person.name}</Line>
          <Line name="E-mail">{person.email ?? 'not told'}</Line>
          <Line name="Groups">
            <Groups groups={person.groups} />
          </Line>
          {expiresAt !== undefined && (
            <Line name="Signed in until">
              <Moment at={expiresAt} show="moment" />
            </Line>
          )}
          {idleExpiresAt !== undefined && (
            <Line name="When idle until">
              <Moment at={idleExpiresAt} show="moment" />
            </Line>
          )}
        </Table.Tbody>
      </Table>
      <Grants grants={session.grants} />
    </Stack>
  )
}

function Line({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <Table.Tr>
      <Table.Th w={150}>{name}</Table.Th>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  )
}

function Groups({ groups }: { readonly groups: readonly string[] }) {
  if (groups.length === 0) return <Text size="sm">none came with your sign-in</Text>
  return (
    <Group gap={4}>
      {groups.map((group) => (
        <Badge key={group} variant="default" tt="none" fw={500}>
          {group}
        </Badge>
      ))}
    </Group>
  )
}

function Grants({ grants }: { readonly grants: SessionAnswer['grants'] }) {
  return (
    <div>
      <Title order={2} size="h4" mb="xs">
        What you may do
      </Title>
      {grants.length === 0 ? (
        <Text size="sm">
          Nothing yet. An administrator of a team can add you or one of your groups to it; it counts from the next click on.
        </Text>
      ) : (
        <Table.ScrollContainer type="native" tabIndex={0} minWidth={420}>
          <Table aria-label="Your roles">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Role</Table.Th>
                <Table.Th>In</Table.Th>
                <Table.Th>Given by</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {grants.map(({ role, binding, scope }) => (
                <Table.Tr key={`${binding} ${role}`}>
                  <Table.Td>{role}</Table.Td>
                  <Table.Td>{renderScope(scope)}</Table.Td>
                  <Table.Td>{binding}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </div>
  )
}
