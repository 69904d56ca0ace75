// SPDX-License-Identifier: Apache-2.0
/** Who is in a team: groups of the identity provider, and single people. */
import type { TeamSpec } from '@kaas/domain'
import { Stack, TagsInput } from '@mantine/core'

/** The part of a team that says who is in it. */
export type Members = Readonly<Pick<TeamSpec, 'members' | 'externalGroups'>>

interface MembersFieldsProps {
  readonly value: Members
  readonly onChange: (value: Members) => void
  readonly disabled?: boolean
}

export function MembersFields({ value, onChange, disabled = false }: MembersFieldsProps) {
  return (
    <Stack gap="sm">
      <TagsInput
        label="Groups of the identity provider"
        description="Who is in one of them is a member from her next request on"
        placeholder={disabled ? '' : 'payments-developers, then Enter'}
        disabled={disabled}
        value={[...value.externalGroups]}
        onChange={(externalGroups) => onChange({ ...value, externalGroups })}
      />
      <TagsInput
        label="People"
        description="By the name that they sign in with. Groups spare you this list"
        placeholder={disabled ? '' : 'ada, then Enter'}
        disabled={disabled}
        value={[...value.members]}
        onChange={(members) => onChange({ ...value, members })}
      />
    </Stack>
  )
}
