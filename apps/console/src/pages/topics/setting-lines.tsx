// SPDX-License-Identifier: Apache-2.0
/** Settings as lines of name and value, with what each value means. */
import type { TopicSetting } from '@kaas/http-contract'
import { ActionIcon, Autocomplete, Button, Fieldset, Group, Stack, TextInput, Tooltip } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { numbered } from '../../format/numbered.ts'
import { rawSetting, type SettingLine } from './settings-form.ts'

interface SettingLinesProps {
  readonly lines: readonly SettingLine[]
  readonly problems: Readonly<Record<number, string>>
  /** Settings that Kafka has, for the names. */
  readonly known: readonly TopicSetting[]
  readonly onChange: (lines: readonly SettingLine[]) => void
}

export function SettingLines({ lines, problems, known, onChange }: SettingLinesProps) {
  const put = (index: number, line: SettingLine) => onChange(lines.map((each, at) => (at === index ? line : each)))
  return (
    <Fieldset legend="Settings" variant="unstyled">
      <Stack gap="xs">
        {numbered(lines).map(({ key, index, item: line }) => (
          <Line
            key={key}
            line={line}
            problem={problems[index]}
            known={known}
            onChange={(changed) => put(index, changed)}
            onRemove={() => onChange(lines.filter((_, at) => at !== index))}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => onChange([...lines, { name: '', value: '' }])}
          style={{ alignSelf: 'flex-start' }}
        >
          Add a setting
        </Button>
      </Stack>
    </Fieldset>
  )
}

interface LineProps {
  readonly line: SettingLine
  readonly problem: string | undefined
  readonly known: readonly TopicSetting[]
  readonly onChange: (line: SettingLine) => void
  readonly onRemove: () => void
}

function Line({ line, problem, known, onChange, onRemove }: LineProps) {
  const read = rawSetting(line)
  const setting = known.find(({ name }) => name === line.name)
  const says = read.kind === 'raw' && read.meaning !== undefined ? `${read.meaning} (${read.raw})` : setting?.description
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <Autocomplete
        aria-label="Setting"
        placeholder="retention.ms"
        data={known.map(({ name }) => name)}
        limit={12}
        value={line.name}
        onChange={(name) => onChange({ ...line, name })}
        style={{ flex: 1 }}
      />
      <TextInput
        aria-label={line.name === '' ? 'Value' : `Value of ${line.name}`}
        placeholder={setting?.inherited ?? '4 weeks'}
        value={line.value}
        onChange={(event) => onChange({ ...line, value: event.currentTarget.value })}
        error={line.value === '' ? undefined : problem}
        description={says}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        style={{ flex: 1 }}
      />
      <Tooltip label="Remove">
        <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`Remove ${line.name}`} onClick={onRemove}>
          <X size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
