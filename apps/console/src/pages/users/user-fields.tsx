// SPDX-License-Identifier: Apache-2.0
/** The fields of a new user. */
import { AUTHENTICATIONS } from '@kaas/domain'
import { Fieldset, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { AUTHENTICATION_WORDS, type UserForm } from './new-user.ts'
import { RightsFields } from './rights-fields.tsx'

interface UserFieldsProps {
  readonly tenant: string
  readonly form: UserForm
  readonly problems: Readonly<Record<string, string>>
  readonly onChange: (change: Partial<UserForm>) => void
}

const LOG_INS = AUTHENTICATIONS.map((value) => ({ value, label: AUTHENTICATION_WORDS[value] }))

export function UserFields({ tenant, form, problems, onChange }: UserFieldsProps) {
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Name"
          description={form.name === '' ? 'One for each application' : `${tenant}.${form.name} to Kafka`}
          placeholder="billing"
          data-autofocus
          autoComplete="off"
          spellCheck={false}
          required
          value={form.name}
          error={problems.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
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
      <Quotas form={form} problems={problems} onChange={onChange} />
    </Stack>
  )
}

function Quotas({ form, problems, onChange }: Omit<UserFieldsProps, 'tenant'>) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label="Writes at most"
        placeholder="as the tenant; or 5MB/s"
        value={form.produce}
        error={problems.produce}
        onChange={(event) => onChange({ produce: event.currentTarget.value })}
      />
      <TextInput
        label="Reads at most"
        placeholder="as the tenant; or 15MB/s"
        value={form.consume}
        error={problems.consume}
        onChange={(event) => onChange({ consume: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}
