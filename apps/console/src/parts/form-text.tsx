// SPDX-License-Identifier: Apache-2.0
/** One text of a form, with what is wrong with it below. */
import { TextInput, type TextInputProps } from '@mantine/core'

/** A form of texts, what is wrong with each by its name, and how they change. */
export interface FormOfTexts<Name extends string> {
  readonly form: Readonly<Record<Name, string>>
  readonly problems: Readonly<Partial<Record<Name, string>>>
  onChange(change: Readonly<Partial<Record<Name, string>>>): void
}

interface FormTextProps<Name extends string> extends Omit<TextInputProps, 'onChange' | 'value' | 'error' | 'name'> {
  readonly name: Name
  readonly of: FormOfTexts<Name>
}

export function FormText<Name extends string>({ name, of: { form, problems, onChange }, ...rest }: FormTextProps<Name>) {
  return (
    <TextInput
      autoComplete="off"
      spellCheck={false}
      {...rest}
      value={form[name]}
      error={problems[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value } as Partial<Record<Name, string>>)}
    />
  )
}
