// SPDX-License-Identifier: Apache-2.0
/** As which user an application connects. */
import { Button, Group, Select, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import type { ResourceItem } from '../../data/resources.ts'
import { ResourceStatus } from '../../parts/status-mark.tsx'

interface UserChoiceProps {
  readonly users: readonly ResourceItem<'User'>[]
  readonly chosen: ResourceItem<'User'>
  readonly onChoose: (name: string) => void
  readonly onNew: (() => void) | undefined
}

export function UserChoice({ users, chosen, onChoose, onNew }: UserChoiceProps) {
  const roles = chosen.spec.roles.length === 0 ? 'exact rules' : chosen.spec.roles.join(', ')
  return (
    <Group gap="sm" align="flex-end">
      <Select
        label="As the user"
        searchable
        allowDeselect={false}
        data={users.map(({ metadata }) => metadata.name)}
        value={chosen.metadata.name}
        onChange={(name) => name !== null && onChoose(name)}
        w={{ base: '100%', xs: 260 }}
      />
      {onNew !== undefined && (
        <Button variant="default" leftSection={<Plus size={15} aria-hidden />} onClick={onNew}>
          New user
        </Button>
      )}
      <Group gap="xs" h={36}>
        <ResourceStatus resource={chosen} />
        <Text size="sm" c="dimmed">
          may: {roles}
        </Text>
      </Group>
    </Group>
  )
}
