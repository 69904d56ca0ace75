// SPDX-License-Identifier: Apache-2.0
/** Makes an own role from single rights. */
import { API_VERSION, isLabel, type RightRule } from '@kaas/domain'
import { Button, Group, Paper, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { RuleTable } from '../../parts/rights/rule-table.tsx'
import { toggled } from './role-form.ts'

const EMPTY = { name: '', description: '' }

export function NewRolePage() {
  const navigate = useNavigate()
  const [{ name, description }, setWords] = useState(EMPTY)
  const [rules, setRules] = useState<readonly RightRule[]>([])
  const put = usePutResource({ kind: 'Role', name })
  const isReady = isLabel(name) && rules.length > 0
  const create = () => {
    const document = { apiVersion: API_VERSION, kind: 'Role', metadata: { name }, spec: { description, rules } }
    put.mutate({ document, expectedGeneration: 0 }, { onSuccess: () => void navigate({ to: `/roles/${name}` }) })
  }
  return (
    <Page
      title="Make a role"
      above={[{ label: 'Roles', to: '/roles' }]}
      lead="It gives nothing to anybody until somebody is bound to it."
    >
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
          <Words name={name} description={description} onChange={(change) => setWords({ name, description, ...change })} />
          <RuleTable rules={rules} onToggle={(verb, kind) => setRules(toggled(rules, verb, kind))} />
          <FailedLine error={put.error} />
          <Group>
            <Button type="submit" disabled={!isReady} loading={put.isPending}>
              Make the role
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Page>
  )
}

interface WordsProps {
  readonly name: string
  readonly description: string
  readonly onChange: (change: Partial<typeof EMPTY>) => void
}

function Words({ name, description, onChange }: WordsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label="Name"
        placeholder="offset-resetter"
        required
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label="What it is for"
        value={description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}
