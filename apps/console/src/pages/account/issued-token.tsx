// SPDX-License-Identifier: Apache-2.0
/** A token that was made just now: shown once, to copy, and gone when the person has it. */
import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { KeyRound } from 'lucide-react'
import { CopyButton } from '../../parts/copy-button.tsx'

interface IssuedTokenProps {
  readonly secret: string
  /** The person says that she has kept it. */
  readonly onKept: () => void
}

export function IssuedToken({ secret, onKept }: IssuedTokenProps) {
  return (
    <Alert variant="default" icon={<KeyRound size={16} aria-hidden />} title="The token, shown this once" role="status">
      <Stack gap="xs">
        <Group gap="xs" wrap="nowrap">
          <Code style={{ overflowWrap: 'anywhere' }}>{secret}</Code>
          <CopyButton value={secret} label="Copy the token" />
        </Group>
        <Text size="sm">
          Programs send it as <Code>Authorization: Bearer …</Code>; the command line reads it from a file:{' '}
          <Code>kaas login --token-file</Code>. The platform keeps only a hash of it.
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
