// SPDX-License-Identifier: Apache-2.0
/** Schemas for Avro and Protobuf, shown when such a format is chosen. They stay in this tab: they are too long for an address. */
import { Stack, Textarea, TextInput } from '@mantine/core'
import type { QuestionProps } from './question-props.ts'

export function SchemaFields({ asking: { draft }, schemas, onSchemas }: QuestionProps) {
  const parts = (['value', 'key'] as const).filter((part) => draft[part] === 'avro' || draft[part] === 'protobuf')
  return (
    <>
      {parts.map((part) => {
        const isAvro = draft[part] === 'avro'
        return (
          <Stack key={part} gap="xs">
            <Textarea
              label={`${isAvro ? 'Avro schema, as JSON,' : 'Text of the .proto file'} of the ${part}`}
              autosize
              minRows={3}
              maxRows={10}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              spellCheck={false}
              value={schemas[`${part}Schema`] ?? ''}
              onChange={(event) => onSchemas(changed(schemas, `${part}Schema`, event.currentTarget.value))}
            />
            {!isAvro && (
              <TextInput
                label="Message type"
                placeholder="shop.Order; the first one when empty"
                value={schemas[`${part}Type`] ?? ''}
                onChange={(event) => onSchemas(changed(schemas, `${part}Type`, event.currentTarget.value))}
              />
            )}
          </Stack>
        )
      })}
    </>
  )
}

function changed(schemas: QuestionProps['schemas'], name: keyof QuestionProps['schemas'], text: string) {
  const { [name]: _, ...rest } = schemas
  return text === '' ? rest : { ...rest, [name]: text }
}
