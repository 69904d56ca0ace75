// SPDX-License-Identifier: Apache-2.0
/** One text of the order, with what is wrong with it below. */
import { TextInput, type TextInputProps } from '@mantine/core'
import type { FieldsProps } from './fields-props.ts'
import type { OrderValues } from './order-form.ts'

interface OrderTextProps extends Omit<TextInputProps, 'onChange' | 'value' | 'error' | 'name'> {
  readonly name: keyof OrderValues
  readonly of: FieldsProps
}

export function OrderText({ name, of: { values, problems, onChange }, ...rest }: OrderTextProps) {
  return (
    <TextInput
      {...rest}
      value={values[name]}
      error={problems.fields[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
