// SPDX-License-Identifier: Apache-2.0
/** The question: who, what, on what, where. */
import { RIGHT_KINDS, VERBS } from '@kaas/domain'
import { Autocomplete, Button, Paper, Select, SimpleGrid, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { peopleQuery } from '../../data/rights.ts'
import { useMay, useSession } from '../../data/session.ts'

/** As it stands in the address. */
export type Question = Record<'person' | 'verb' | 'kind' | 'tenant' | 'team', string>

/** Nothing asked yet. */
export const QUESTION: Question = { person: '', verb: 'write', kind: '', tenant: '', team: '' }

interface QuestionFormProps {
  readonly question: Question
  readonly onAsk: (question: Question) => void
}

export function QuestionForm({ question, onAsk }: QuestionFormProps) {
  const [form, setForm] = useState(question)
  const set = (change: Partial<Question>) => setForm({ ...form, ...change })
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      aria-label="The question"
      onSubmit={(event) => {
        event.preventDefault()
        if (form.kind !== '') onAsk(form)
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 5 }} mb="sm">
        <PersonField value={form.person} onChange={(person) => set({ person })} />
        <Select
          label="Do what"
          allowDeselect={false}
          data={[...VERBS]}
          value={form.verb}
          onChange={(verb) => set({ verb: verb ?? form.verb })}
        />
        <Select
          label="On what"
          searchable
          data={[...RIGHT_KINDS]}
          value={form.kind === '' ? null : form.kind}
          onChange={(kind) => set({ kind: kind ?? '' })}
        />
        <PlaceFields form={form} onChange={set} />
      </SimpleGrid>
      <Button type="submit" disabled={form.kind === ''}>
        Ask
      </Button>
    </Paper>
  )
}

/** Who may see who has signed in gets them offered; everybody may type a name. */
function PersonField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const { person } = useSession()
  const mayList = useMay()({ verb: 'read', kind: 'Session' }, {})
  const { data = [] } = useQuery({ ...peopleQuery, enabled: mayList })
  return (
    <Autocomplete
      label="Who"
      placeholder={`${person.name} (you)`}
      data={data.map(({ name }) => name)}
      value={value}
      onChange={onChange}
    />
  )
}

interface PlaceFieldsProps {
  readonly form: Question
  readonly onChange: (change: Partial<Question>) => void
}

function PlaceFields({ form, onChange }: PlaceFieldsProps) {
  return (
    <>
      <TextInput
        label="In the tenant"
        placeholder="none"
        autoComplete="off"
        spellCheck={false}
        value={form.tenant}
        onChange={(event) => onChange({ tenant: event.currentTarget.value.trim(), team: '' })}
      />
      <TextInput
        label="Or in the team"
        placeholder="none: on the platform"
        autoComplete="off"
        spellCheck={false}
        value={form.team}
        onChange={(event) => onChange({ team: event.currentTarget.value.trim(), tenant: '' })}
      />
    </>
  )
}
