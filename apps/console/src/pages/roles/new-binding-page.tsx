// SPDX-License-Identifier: Apache-2.0
/** Gives a role to groups, people or tokens. What the person has not herself she cannot give; the server says which right is missing. */
import { Button, Group, Paper, Stack } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { usePutResource } from '../../data/resources.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Page } from '../../parts/page.tsx'
import { BindingFields } from './binding-fields.tsx'
import { type BindingForm, bindingDocument, bindingForm, isComplete } from './binding-form.ts'

const GIVEN = { role: '', team: '', tenant: '' }

export function NewBindingPage() {
  const navigate = useNavigate()
  const [given] = useUrlState(GIVEN)
  const [form, setForm] = useState(() => bindingForm(given))
  const put = usePutResource({ kind: 'RoleBinding', name: form.name })
  const isReady = isComplete(form)
  const change = (changed: Partial<BindingForm>) => {
    put.reset()
    setForm({ ...form, ...changed })
  }
  const create = () =>
    put.mutate(
      { document: bindingDocument(form), expectedGeneration: 0 },
      { onSuccess: () => void navigate({ to: `/bindings/${form.name}` }) },
    )
  return (
    <Page title="Give a role" above={[{ label: 'Roles', to: '/roles' }]}>
      <Paper
        withBorder
        p="md"
        maw={760}
        component="form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) create()
        }}
      >
        <Stack gap="sm">
          <BindingFields form={form} onChange={change} />
          <FailedLine error={put.error} />
          <Group>
            <Button type="submit" disabled={!isReady} loading={put.isPending}>
              Give the role
            </Button>
          </Group>
        </Stack>
      </Paper>
    </Page>
  )
}
