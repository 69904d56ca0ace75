// SPDX-License-Identifier: Apache-2.0
/** Makes a team, with its first members. */
import { API_VERSION, isLabel } from '@kaas/domain'
import { Button, Group, Paper, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { type Members, MembersFields } from './members-fields.tsx'

export function NewTeamPage() {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [members, setMembers] = useState<Members>({ members: [], externalGroups: [] })
  const put = usePutResource({ kind: 'Team', name })
  const isReady = isLabel(name)
  const create = () =>
    put.mutate(
      { document: { apiVersion: API_VERSION, kind: 'Team', metadata: { name }, spec: members }, expectedGeneration: 0 },
      { onSuccess: () => void navigate({ to: `/teams/${name}` }) },
    )
  return (
    <Page title="Create a team" above={[{ label: 'Teams', to: '/teams' }]}>
      <Paper
        withBorder
        p="md"
        maw={720}
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) create()
        }}
      >
        <Stack gap="sm">
          <NameField name={name} onChange={setName} />
          <MembersFields value={members} onChange={setMembers} />
          <FailedLine error={put.error} />
          <Group>
            <Button type="submit" disabled={!isReady} loading={put.isPending}>
              Create {name === '' ? 'the team' : name}
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Page>
  )
}

function NameField({ name, onChange }: { readonly name: string; readonly onChange: (name: string) => void }) {
  return (
    <TextInput
      label="Name"
      description="Stays as it is: tenants name their team by it"
      placeholder="payments"
      required
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      value={name}
      error={name !== '' && !isLabel(name) && 'Up to 32 of a-z, 0-9 and -, and - neither first nor last.'}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
