// SPDX-License-Identifier: Apache-2.0
/** Who is signed in, and the way out. */
import { ActionIcon, Menu, Text } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { CircleUser, LogOut, UserCog } from 'lucide-react'
import { useSession, useSignOut } from '../data/session.ts'

export function PersonMenu() {
  const { person, grants } = useSession()
  const signOut = useSignOut()
  const navigate = useNavigate()
  const roles = [...new Set(grants.map(({ role }) => role))].join(', ')
  return (
    <Menu position="bottom-end" withinPortal width={260} defaultOpened>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`You: ${person.displayName || person.name}`}>
          <CircleUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {person.displayName || person.name}
          </Text>
          <Text size="xs">{roles === '' ? 'no roles yet' : roles}</Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<UserCog size={15} aria-hidden />}>
          Your account
        </Menu.Item>
        <Menu.Item
          leftSection={<LogOut size={15} aria-hidden />}
          onClick={() => signOut.mutate(undefined, { onSettled: () => void navigate({ to: '/sign-in' }) })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
