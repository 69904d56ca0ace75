// SPDX-License-Identifier: Apache-2.0
/** Where the person is signed in, and the end of a session that she does not know or need. */
import type { SessionSummary } from '@kaas/http-contract'
import { Badge, Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ownSessionsQuery, useEndSession } from '../../data/own-sessions.ts'
import { browserName } from '../../format/browser-name.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { Moment } from '../../parts/moment.tsx'
import { Empty, QueryStates } from '../../parts/states.tsx'

export function SessionsTab() {
  const query = useQuery(ownSessionsQuery)
  const end = useEndSession()
  return (
    <Stack gap="sm">
      <QueryStates query={query}>
        {(sessions) =>
          sessions.length === 0 ? (
            <Empty title="No open session">You are here by a token, which needs none.</Empty>
          ) : (
            <SessionTable sessions={sessions} onEnd={(id) => end.mutate(id)} busy={end.isPending ? end.variables : ''} />
          )
        }
      </QueryStates>
      <FailedLine error={end.error} />
      <Text size="sm" c="dimmed">
        A session that you do not know? End it, and tell the people who run your identity provider.
      </Text>
    </Stack>
  )
}

interface SessionTableProps {
  readonly sessions: readonly SessionSummary[]
  readonly onEnd: (id: string) => void
  /** Id of the one that is being ended. */
  readonly busy: string
}

function SessionTable({ sessions, onEnd, busy }: SessionTableProps) {
  return (
    <Table.ScrollContainer type="native" tabIndex={0} minWidth={620}>
      <Table aria-label="Your sessions">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Browser</Table.Th>
            <Table.Th>Address</Table.Th>
            <Table.Th>Begun</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th>
              <VisuallyHidden>End</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} isBusy={busy === session.id} onEnd={onEnd} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface SessionRowProps {
  readonly session: SessionSummary
  readonly isBusy: boolean
  readonly onEnd: (id: string) => void
}

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const { id, userAgent, remoteAddress, startedAt, lastSeenAt, current } = session
  const browser = browserName(userAgent)
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <span title={userAgent}>{browser}</span>
          {current && (
            <Badge variant="default" tt="none">
              this one
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{remoteAddress}</Table.Td>
      <Table.Td>
        <Moment at={startedAt} />
      </Table.Td>
      <Table.Td>
        <Moment at={lastSeenAt} />
      </Table.Td>
      <Table.Td ta="right">
        {!current && (
          <Button
            size="xs"
            variant="default"
            loading={isBusy}
            onClick={() => onEnd(id)}
            aria-label={`End the session of ${browser} at ${remoteAddress}`}
          >
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
