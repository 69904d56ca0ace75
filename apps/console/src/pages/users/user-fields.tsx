// SPDX-License-Identifier: Apache-2.0
/** The fields of a new user. */
import { AUTHENTICATIONS } from '@kaas/domain'
import { Fieldset, Select, SimpleGrid, Stack } from '@mantine/core'
import { FormText } from '../../parts/form-text.tsx'
import { AUTHENTICATION_WORDS, type UserForm } from './new-user.ts'
import { RightsFields } from './rights-fields.tsx'

interface UserFieldsProps {
  readonly tenant: string
  readonly form: UserForm
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<UserForm>) => void
}

const LOG_INS = AUTHENTICATIONS.map((value) => ({ value, label: AUTHENTICATION_WORDS[value] }))

export function UserFields(props: UserFieldsProps) {
  const { tenant, form, problems, onChange } = props
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <FormText
          of={props}
          name="name"
          label="Name"
          description={form.name === '' ? 'One for each application' : `${tenant}.${form.name} to Kafka`}
          placeholder="billing"
          data-autofocus
          required
        />
        <Select
          label="Logs in by"
          description="SCRAM-SHA-512 unless you know better"
          allowDeselect={false}
          data={LOG_INS}
          value={form.authentication}
          onChange={(value) => onChange({ authentication: (value ?? 'scram-sha-512') as UserForm['authentication'] })}
        />
      </SimpleGrid>
      <Fieldset legend="What it may do" variant="unstyled">
        <RightsFields form={form} problems={problems} onChange={onChange} />
      </Fieldset>
      <Quotas {...props} />
    </Stack>
  )
}

function Quotas(props: UserFieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <FormText of={props} name="produce" label="Writes at most" placeholder="as the tenant; or 5MB/s" />
      <FormText of={props} name="consume" label="Reads at most" placeholder="as the tenant; or 15MB/s" />
    </SimpleGrid>
  )
}
