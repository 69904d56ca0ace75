// SPDX-License-Identifier: Apache-2.0
/**
 * The passwords of a user. A new one leaves the one before valid, so that applications change over one by one; then the old one is
 * ended.
 */
import type { CredentialAnswer, IssuedCredentials } from '@kaas/http-contract'
import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { credentialsQuery, useEndCredential, useRotate } from '../../data/tenant-life.ts'
import { FailedLine } from '../failed-line.tsx'
import { Moment } from '../moment.tsx'
import { QueryStates } from '../states.tsx'
import classes from './credentials-panel.module.css'
import { IssuedPassword } from './issued-password.tsx'

interface CredentialsPanelProps {
  readonly tenant: string
  readonly user: string
  /** Whether the person may make and end passwords. */
  readonly mayChange: boolean
  /** Shown at first: the password that was made with the user. */
  readonly justIssued?: IssuedCredentials | undefined
  /** Hears of each new password. */
  readonly onIssued?: (issued: IssuedCredentials) => void
}

export function CredentialsPanel({ tenant, user, mayChange, justIssued, onIssued }: CredentialsPanelProps) {
  const query = useQuery(credentialsQuery(tenant, user))
  const rotate = useRotate(tenant, user)
  const [issued, setIssued] = useState(justIssued)
  const keep = (made: IssuedCredentials) => {
    setIssued(made)
    onIssued?.(made)
  }
  return (
    <Stack gap="sm">
      {issued !== undefined && <IssuedPassword issued={issued} onKept={() => setIssued(undefined)} />}
      <QueryStates query={query}>
        {(credentials) => (
          <>
            <CredentialList tenant={tenant} user={user} credentials={credentials} mayChange={mayChange} />
            <Text size="sm" c="dimmed">
              {credentials.length > 1
                ? 'Two passwords are valid. End the old one when no application uses it any more.'
                : 'A new password leaves this one valid, until you end it.'}
            </Text>
          </>
        )}
      </QueryStates>
      <FailedLine error={rotate.error} />
      {mayChange && (
        <Group>
          <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate(undefined, { onSuccess: keep })}>
            Make a new password
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function CredentialList({
  tenant,
  user,
  credentials,
  mayChange,
}: CredentialsPanelProps & { readonly credentials: readonly CredentialAnswer[] }) {
  const end = useEndCredential(tenant, user)
  if (credentials.length === 0) return <Text size="sm">This user logs in without a password.</Text>
  return (
    <>
      <ul aria-label={`Passwords of ${user}`} className={classes.credentials}>
        {credentials.map(({ id, createdAt, mechanisms }) => (
          <li key={id}>
            <div>
              <Text size="sm">
                Made <Moment at={createdAt} />
              </Text>
              <Text size="xs" c="dimmed">
                Taken by {[...mechanisms, 'PLAIN'].join(', ')}
              </Text>
              <Text size="xs" c="dimmed">
                {id}
              </Text>
            </div>
            {mayChange && credentials.length > 1 && (
              <EndButton id={id} isBusy={end.isPending && end.variables === id} onEnd={() => end.mutate(id)} />
            )}
          </li>
        ))}
      </ul>
      <FailedLine error={end.error} />
    </>
  )
}

interface EndButtonProps {
  readonly id: string
  readonly isBusy: boolean
  readonly onEnd: () => void
}

/** The second press does it: a password that still is in use stops applications. */
function EndButton({ id, isBusy, onEnd }: EndButtonProps) {
  const [isAsked, setAsked] = useState(false)
  return isAsked ? (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <Button size="compact-sm" color="red" loading={isBusy} onClick={onEnd}>
        End it now
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setAsked(false)}>
        Keep
      </Button>
    </Group>
  ) : (
    <Group justify="flex-end">
      <Button size="compact-sm" variant="default" aria-label={`End the password ${id}`} onClick={() => setAsked(true)}>
        End
      </Button>
    </Group>
  )
}
