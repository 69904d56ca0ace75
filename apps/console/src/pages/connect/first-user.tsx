// SPDX-License-Identifier: Apache-2.0
/** The shortest way to a user: a name and what it may do. Rules and quotas are for the page of users. */
import { API_VERSION, parseUserName, USER_ROLES } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import type { IssuedCredentials } from '@kaas/http-contract'
import { Button, Group, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Empty } from '../../parts/states.tsx'

interface FirstUserProps {
  readonly tenant: string
  readonly mayMake: boolean
  /** Without credentials when the user logs in by something else than a password. */
  readonly onMade: (name: string, credentials: IssuedCredentials | undefined) => void
  readonly onCancel?: (() => void) | undefined
}

const ROLE_WORDS: Readonly<Record<(typeof USER_ROLES)[number], string>> = {
  admin: 'Everything in the tenant',
  producer: 'Write to topics',
  consumer: 'Read topics, in groups',
}

export function FirstUser(props: FirstUserProps) {
  const { tenant, mayMake } = props
  const [name, setName] = useState('app')
  if (!mayMake) return <Empty title="No users yet">Somebody with the right to make users must make one first.</Empty>
  return (
    <Paper withBorder p="lg" maw={560} component="section" aria-label="A new user">
      <Title order={2}>A user for your application</Title>
      <Text size="sm" c="dimmed" mb="md">
        It logs in as {tenant}.{name} with a password that is shown once.
      </Text>
      <UserForm {...props} name={name} onName={setName} />
    </Paper>
  )
}

interface UserFormProps extends FirstUserProps {
  readonly name: string
  readonly onName: (name: string) => void
}

function UserForm({ tenant, name, onName, onMade, onCancel }: UserFormProps) {
  const [role, setRole] = useState<string>('admin')
  const put = usePutResource({ kind: 'User', name, tenant })
  const problem = problemOf(name)
  const make = (event: FormEvent) => {
    event.preventDefault()
    const document = { apiVersion: API_VERSION, kind: 'User', metadata: { name, tenant }, spec: { roles: [role] } }
    put.mutate({ document, expectedGeneration: 0 }, { onSuccess: ({ credentials }) => onMade(name, credentials) })
  }
  return (
    <form onSubmit={make}>
      <Stack gap="md">
        <TextInput
          label="Name"
          value={name}
          error={problem}
          onChange={(event) => onName(event.currentTarget.value)}
          autoFocus
        />
        <RoleChoice role={role} onRole={setRole} />
        <FailedLine error={put.error} />
        <Group gap="xs">
          <Button type="submit" loading={put.isPending} disabled={problem !== undefined}>
            Make the user
          </Button>
          {onCancel !== undefined && (
            <Button variant="subtle" color="gray" onClick={onCancel}>
              Back
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

function RoleChoice({ role, onRole }: { readonly role: string; readonly onRole: (role: string) => void }) {
  return (
    <Radio.Group label="It may" value={role} onChange={onRole}>
      <Stack gap={6} mt={6}>
        {USER_ROLES.map((each) => (
          <Radio key={each} value={each} label={ROLE_WORDS[each]} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function problemOf(name: string): string | undefined {
  try {
    parseUserName(name)
    return undefined
  } catch (error) {
    return asKaasError(error).message
  }
}
