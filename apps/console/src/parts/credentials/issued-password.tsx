// SPDX-License-Identifier: Apache-2.0
/** A password that was made just now: shown once, to copy, and gone when the person has it. */
import type { IssuedCredentials } from '@kaas/http-contract'
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { KeyRound } from 'lucide-react'
import { CopyButton } from '../copy-button.tsx'

interface IssuedPasswordProps {
  readonly issued: IssuedCredentials
  /** The person says that she has kept it. */
  readonly onKept: () => void
}

export function IssuedPassword({ issued: { username, password, mechanism }, onKept }: IssuedPasswordProps) {
  return (
    <Alert variant="default" icon={<KeyRound size={16} aria-hidden />} title="The password, shown this once" role="status">
      <Stack gap="xs">
        <Line name="User name" value={username} />
        <Line name="Password" value={password} />
        <Text size="sm">
          With SCRAM use {mechanism}; PLAIN over TLS takes it as well. The platform keeps only what is needed to check it:
          put it where your application finds it before you close this.
        </Text>
        <Group>
          <Button size="xs" onClick={onKept}>
            I have kept it
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" w={90}>
        {name}
      </Text>
      <Code style={{ overflowWrap: 'anywhere' }}>{value}</Code>
      <CopyButton value={value} label={`Copy the ${name.toLowerCase()}`} />
    </Group>
  )
}
