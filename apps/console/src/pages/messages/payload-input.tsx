// SPDX-License-Identifier: Apache-2.0
/** A key, value or header as it is written: how it is meant, and the text. */
import { Fieldset, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { TextEditor } from '../../parts/editor/text-editor.tsx'
import type { Encoding, PayloadField } from './produce-form.ts'

interface PayloadInputProps {
  readonly label: string
  readonly field: PayloadField
  readonly problem: string | undefined
  readonly onChange: (field: PayloadField) => void
  /** What having none is called. */
  readonly absent: string
  /** With an editor of JSON. */
  readonly isLarge?: boolean
}

export function PayloadInput({ label, field, problem, onChange, absent, isLarge = false }: PayloadInputProps) {
  const choices = [
    { value: 'json', label: 'JSON' },
    { value: 'text', label: 'Text' },
    { value: 'base64', label: 'Base64' },
    { value: 'null', label: absent },
  ]
  return (
    <Fieldset legend={label} variant="unstyled">
      <Stack gap={6}>
        <Group>
          <SegmentedControl
            size="xs"
            aria-label={`${label}: how it is meant`}
            data={choices}
            value={field.encoding}
            onChange={(encoding) => onChange({ ...field, encoding: encoding as Encoding })}
          />
        </Group>
        <Data label={label} field={field} isLarge={isLarge} onData={(data) => onChange({ ...field, data })} />
        {problem !== undefined && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {problem}
          </Text>
        )}
      </Stack>
    </Fieldset>
  )
}

interface DataProps extends Pick<PayloadInputProps, 'label' | 'field'> {
  readonly isLarge: boolean
  readonly onData: (data: string) => void
}

function Data({ label, field, isLarge, onData }: DataProps) {
  if (field.encoding === 'null') return null
  if (isLarge && field.encoding === 'json')
    return <TextEditor label={label} value={field.data} language="json" height="220px" onChange={onData} />
  return (
    <Textarea
      aria-label={label}
      autosize
      minRows={isLarge ? 5 : 1}
      maxRows={14}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={field.data}
      onChange={(event) => onData(event.currentTarget.value)}
    />
  )
}
