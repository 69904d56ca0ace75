// SPDX-License-Identifier: Apache-2.0
/** The headers of a record that is written. */
import { ActionIcon, Button, Fieldset, Group, Select, Stack, TextInput, Tooltip } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { numbered } from '../../format/numbered.ts'
import type { Encoding, ProduceForm } from './produce-form.ts'

interface HeaderFieldsProps {
  readonly headers: ProduceForm['headers']
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (headers: ProduceForm['headers']) => void
}

type Header = ProduceForm['headers'][number]

const CHOICES = [
  { value: 'text', label: 'Text' },
  { value: 'json', label: 'JSON' },
  { value: 'base64', label: 'Base64' },
  { value: 'null', label: 'None' },
]

export function HeaderFields({ headers, problems, onChange }: HeaderFieldsProps) {
  const put = (index: number, header: Header) => onChange(headers.map((each, at) => (at === index ? header : each)))
  return (
    <Fieldset legend="Headers" variant="unstyled">
      <Stack gap="xs">
        {numbered(headers).map(({ key, index, item: header }) => (
          <HeaderLine
            key={key}
            header={header}
            problem={problems[`headers.${index}.name`] ?? problems[`headers.${index}.value`]}
            onChange={(changed) => put(index, changed)}
            onRemove={() => onChange(headers.filter((_, at) => at !== index))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange([...headers, { name: '', value: { encoding: 'text', data: '' } }])}
        >
          Add a header
        </Button>
      </Stack>
    </Fieldset>
  )
}

interface HeaderLineProps {
  readonly header: Header
  readonly problem: string | undefined
  readonly onChange: (header: Header) => void
  readonly onRemove: () => void
}

function HeaderLine({ header, problem, onChange, onRemove }: HeaderLineProps) {
  const { name, value } = header
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        aria-label="Header"
        placeholder="name"
        value={name}
        error={problem}
        onChange={(event) => onChange({ ...header, name: event.currentTarget.value })}
        style={{ flex: 1 }}
      />
      <TextInput
        aria-label={`Value of ${name === '' ? 'the header' : name}`}
        placeholder="value"
        disabled={value.encoding === 'null'}
        value={value.data}
        onChange={(event) => onChange({ ...header, value: { ...value, data: event.currentTarget.value } })}
        style={{ flex: 2 }}
      />
      <Select
        aria-label="How it is meant"
        w={100}
        allowDeselect={false}
        data={CHOICES}
        value={value.encoding}
        onChange={(encoding) => onChange({ ...header, value: { ...value, encoding: (encoding ?? 'text') as Encoding } })}
      />
      <Tooltip label="Remove">
        <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`Remove the header ${name}`} onClick={onRemove}>
          <X size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
