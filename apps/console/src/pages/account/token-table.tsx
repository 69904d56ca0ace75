// SPDX-License-Identifier: Apache-2.0
/** Tokens with what they may, until when, and when they were used last; each with its end. */
import { renderScope } from '@kaas/domain'
import type { TokenSummary } from '@kaas/http-contract'
import { Button, Group, Modal, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useEndToken } from '../../data/tokens.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Moment } from '../../parts/moment.tsx'

export function TokenTable({ tokens }: { readonly tokens: readonly TokenSummary[] }) {
  const [ending, setEnding] = useState<TokenSummary>()
  return (
    <>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={820}>
        <Table aria-label="Tokens">
          <Table.Thead>
            <Table.Tr>
              {['Name', 'For', 'May at most', 'Ends', 'Last used', ''].map((title) => (
                <Table.Th key={title}>{title === '' ? <VisuallyHidden>End</VisuallyHidden> : title}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} onEnd={() => setEnding(token)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {ending !== undefined && <EndToken token={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

function TokenRow({ token, onEnd }: { readonly token: TokenSummary; readonly onEnd: () => void }) {
  const { id, name, kind, owner, role, scope, expiresAt, lastUsedAt, lastUsedFrom } = token
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          kaas_{id}_…
        </Text>
      </Table.Td>
      <Table.Td>{kind === 'personal' ? owner : `a machine, by ${owner}`}</Table.Td>
      <Table.Td>
        {kind === 'personal' && role === 'platform-admin' && scope === 'platform'
          ? `all that ${owner} may`
          : `${role} in ${renderScope(scope)}`}
      </Table.Td>
      <Table.Td>
        <Moment at={expiresAt} />
      </Table.Td>
      <Table.Td>
        {lastUsedAt === undefined ? 'never' : <Moment at={lastUsedAt} />}
        {lastUsedFrom !== undefined && (
          <Text size="xs" c="dimmed">
            from {lastUsedFrom}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right">
        <Button size="xs" variant="default" onClick={onEnd} aria-label={`End the token ${name}`}>
          End
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

function EndToken({ token: { id, name }, onClose }: { readonly token: TokenSummary; readonly onClose: () => void }) {
  const end = useEndToken()
  return (
    <Modal opened onClose={onClose} title={`End the token ${name}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <Text size="sm">What uses it is refused from now on. A token cannot be brought back; make a new one instead.</Text>
        <FailedLine error={end.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={end.isPending} onClick={() => end.mutate(id, { onSuccess: onClose })}>
            End it
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
