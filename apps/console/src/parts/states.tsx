// SPDX-License-Identifier: Apache-2.0
/** The four states beside "here it is": loading, nothing there, failed, not allowed. Every page and every tab shows them alike. */

import { asKaasError, type KaasError } from '@kaas/errors'
import { Button, Code, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { CircleAlert, Lock, RotateCw, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './states.module.css'

/** Grey bars in the shape of a table, after a moment: what comes at once does not flash. */
export function Loading({ rows = 6, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <Stack gap="xs" className={classes.loading} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => `bar-${index}`).map((key, index) => (
        <Skeleton key={key} height={26} width={`${100 - ((index * 7) % 23)}%`} />
      ))}
    </Stack>
  )
}

interface EmptyProps {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly icon?: ReactNode
}

/** Nothing to show yet, and what to do about it. */
export function Empty({ title, children, action, icon = <SearchX size={28} aria-hidden /> }: EmptyProps) {
  return (
    <Notice icon={icon} title={title}>
      {children !== undefined && (
        <Text c="dimmed" size="sm">
          {children}
        </Text>
      )}
      {action}
    </Notice>
  )
}

/** What went wrong, with the way out and the code that the manual knows. `retry` is offered when it can help. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: (() => unknown) | undefined }) {
  const problem = asKaasError(error)
  if (problem.kind === 'forbidden') return <NotAllowed error={problem} />
  return (
    <Notice icon={<CircleAlert size={28} aria-hidden />} title={titleOf(problem)} role="alert">
      <Text size="sm">{problem.message}</Text>
      {problem.help !== undefined && (
        <Text c="dimmed" size="sm">
          {problem.help}
        </Text>
      )}
      {problem.fields.length > 0 && (
        <ul className={classes.fields}>
          {problem.fields.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <Code>{path}</Code> {message}
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        Error code <Code>{problem.code}</Code>
      </Text>
      {retry !== undefined && (
        <Button variant="default" size="xs" leftSection={<RotateCw size={14} aria-hidden />} onClick={() => void retry()}>
          Try again
        </Button>
      )}
    </Notice>
  )
}

/** She may not see or do it. The server's sentence names the rule. */
export function NotAllowed({ error, what }: { readonly error?: KaasError; readonly what?: string }) {
  return (
    <Notice icon={<Lock size={28} aria-hidden />} title="This is not yours to see">
      <Text size="sm">{error?.message ?? `Your roles do not include ${what ?? 'this'}.`}</Text>
      <Text c="dimmed" size="sm">
        {error?.help ?? 'Ask an administrator of your team or of the platform for a role that does.'}
      </Text>
    </Notice>
  )
}

/** Shows what a query has: loading, failed with a retry, or the data. */
export function QueryStates<T>({
  query,
  children,
  loading,
}: {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  readonly children: (data: T) => ReactNode
  readonly loading?: ReactNode
}) {
  // What was read before stays on the screen when asking again fails.
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null) return <Failed error={query.error} retry={query.refetch} />
  return loading ?? <Loading />
}

interface NoticeProps {
  readonly icon: ReactNode
  readonly title: string
  readonly role?: 'alert'
  readonly children: ReactNode
}

function Notice({ icon, title, role, children }: NoticeProps) {
  return (
    <Paper withBorder className={classes.notice} role={role}>
      <span className={classes.icon}>{icon}</span>
      <Stack gap={6} align="flex-start" className={classes.text}>
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  )
}

function titleOf({ kind }: KaasError): string {
  switch (kind) {
    case 'absent':
      return 'It is not there'
    case 'unavailable':
    case 'timeout':
      return 'No answer'
    case 'conflict':
      return 'It changed meanwhile'
    default:
      return 'That did not work'
  }
}
