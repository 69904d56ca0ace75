// SPDX-License-Identifier: Apache-2.0
/** Changes who is in a team. Everybody in it has the role team-member there. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { type ResourceItem, usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { type Members, MembersFields } from './members-fields.tsx'

interface MembersTabProps {
  readonly team: ResourceItem<'Team'>
  readonly mayEdit: boolean
}

export function MembersTab({ team, mayEdit }: MembersTabProps) {
  const { apiVersion, kind, metadata, spec } = team
  const [form, setForm] = useState<Members>(spec)
  const put = usePutResource({ kind: 'Team', name: metadata.name })
  const isSame = JSON.stringify(membersOf(form)) === JSON.stringify(membersOf(spec))
  const save = () =>
    put.mutate({
      document: { apiVersion, kind, metadata, spec: { ...spec, ...form } },
      expectedGeneration: metadata.generation,
    })
  return (
    <Paper withBorder p="md" maw={720}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          Members have the role team-member here: they order and change tenants and work in them, and delete none.
          {!mayEdit && ' An administrator of the team or of the platform says who is in it.'}
        </Text>
        <MembersFields value={form} onChange={setForm} disabled={!mayEdit} />
        <FailedLine error={put.error} />
        {mayEdit && (
          <Group gap="xs">
            <Button onClick={save} disabled={isSame} loading={put.isPending}>
              Save
            </Button>
            <Button variant="default" onClick={() => setForm(spec)} disabled={isSame}>
              Undo
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  )
}

function membersOf({ members, externalGroups }: Members): unknown {
  return [members, externalGroups]
}
