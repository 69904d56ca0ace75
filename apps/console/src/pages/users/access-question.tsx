// SPDX-License-Identifier: Apache-2.0
/** "May this user write to payments?": asked in the address, answered with the rule that decides. */
import type { AccessQuestion } from '@kaas/http-contract'
import { Alert, Button, Group, Paper, Select, Stack, TextInput, Title } from '@mantine/core'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { useUrlState } from '../../browser/use-url-state.ts'
import { useCheckAccess } from '../../data/access.ts'
import { FailedLine } from '../../parts/failed-line.tsx'

const DEFAULTS = { may: 'write', on: 'topic', name: '' }

const OPERATIONS: readonly { readonly value: AccessQuestion['operation']; readonly label: string }[] = [
  { value: 'read', label: 'read' },
  { value: 'write', label: 'write' },
  { value: 'create', label: 'create' },
  { value: 'delete', label: 'delete' },
  { value: 'alter', label: 'change' },
  { value: 'describe', label: 'see' },
  { value: 'describeConfigs', label: 'see settings of' },
  { value: 'alterConfigs', label: 'change settings of' },
]

const RESOURCES: readonly { readonly value: AccessQuestion['resource']; readonly label: string }[] = [
  { value: 'topic', label: 'the topic' },
  { value: 'group', label: 'the group' },
  { value: 'transactionalId', label: 'the transactional id' },
]

export function AccessQuestionForm({ tenant, user }: { readonly tenant: string; readonly user: string }) {
  const { question, name, check, put, setName, ask } = useAccessQuestion(tenant, user)
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      aria-label="May it do this?"
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '') ask()
      }}
    >
      <Title order={2} size="h3" mb="xs">
        May {user} …
      </Title>
      <Stack gap="xs">
        <Group gap="xs" align="flex-end">
          <Choice label="Do what" data={OPERATIONS} value={question.may} onChange={(may) => put({ may })} />
          <Choice label="On what" data={RESOURCES} value={question.on} onChange={(on) => put({ on })} />
          <NameAndAsk name={name} isBusy={check.isPending} onName={setName} />
        </Group>
        <FailedLine error={check.error} />
        {check.data !== undefined && <Decision {...check.data} />}
      </Stack>
    </Paper>
  )
}

/** The question in the address; an answer goes as soon as the question is another. */
function useAccessQuestion(tenant: string, user: string) {
  const [question, change] = useUrlState(DEFAULTS)
  const [name, setTyped] = useState(question.name)
  const check = useCheckAccess(tenant, user)
  const put = (changed: Partial<typeof DEFAULTS>) => {
    check.reset()
    change(changed)
  }
  const setName = (next: string) => {
    check.reset()
    setTyped(next)
  }
  const ask = () => {
    change({ name })
    check.mutate({
      operation: question.may as AccessQuestion['operation'],
      resource: question.on as AccessQuestion['resource'],
      name,
    })
  }
  return { question, name, check, put, setName, ask }
}

interface NameAndAskProps {
  readonly name: string
  readonly isBusy: boolean
  readonly onName: (name: string) => void
}

function NameAndAsk({ name, isBusy, onName }: NameAndAskProps) {
  return (
    <>
      <TextInput
        aria-label="Name"
        placeholder="payments"
        style={{ flex: '1 1 140px' }}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={name === ''} loading={isBusy}>
        Ask
      </Button>
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly data: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function Choice({ label, data, value, onChange }: ChoiceProps) {
  return (
    <Select
      aria-label={label}
      w={180}
      allowDeselect={false}
      data={[...data]}
      value={value}
      onChange={(next) => onChange(next ?? value)}
    />
  )
}

function Decision({ allowed, because }: { readonly allowed: boolean; readonly because: string }) {
  const icon = allowed ? <Check size={16} aria-hidden /> : <X size={16} aria-hidden />
  return (
    <Alert variant="default" icon={icon} title={allowed ? 'Yes' : 'No'} role="status">
      {because}
    </Alert>
  )
}
