// SPDX-License-Identifier: Apache-2.0
/** Where somebody comes in: by a provider of the company, or as the bootstrap administrator. Leads back to where she was. */
import type { SignInOptions } from '@kaas/http-contract'
import { Alert, Button, Center, Divider, Paper, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CircleAlert, Clock } from 'lucide-react'
import { useEffect } from 'react'
import { localPath } from '../../browser/local-path.ts'
import { useUrlState } from '../../browser/use-url-state.ts'
import { sessionQuery, signInOptionsQuery, wasSignedIn } from '../../data/session.ts'
import { QueryStates } from '../../parts/states.tsx'
import { PasswordForm } from './password-form.tsx'
import { problemText } from './problem-text.ts'

const URL_STATE = { returnTo: '/', problem: '' }

export function SignInPage() {
  const options = useQuery(signInOptionsQuery)
  const session = useQuery(sessionQuery)
  const [{ returnTo: asked, problem }] = useUrlState(URL_STATE)
  const returnTo = localPath(asked)
  const isIn = session.data !== undefined && session.data !== null
  const navigate = useNavigate()
  useEffect(() => {
    document.title = 'Sign in · KaaS'
  }, [])
  useEffect(() => {
    if (isIn) void navigate({ href: returnTo, replace: true })
  }, [isIn, returnTo, navigate])
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w={400} maw="100%">
        <Stack>
          <Title order={1} size="h2">
            Sign in to KaaS
          </Title>
          <Notices problem={problem} />
          <QueryStates query={options}>{(ways) => <Ways {...ways} returnTo={returnTo} />}</QueryStates>
        </Stack>
      </Paper>
    </Center>
  )
}

function Notices({ problem }: { readonly problem: string }) {
  const said = problemText(problem)
  if (said !== undefined) {
    return (
      <Alert color="red" variant="light" title={said.title} icon={<CircleAlert size={16} aria-hidden />} role="alert">
        {said.text}
      </Alert>
    )
  }
  if (!wasSignedIn()) return null
  return (
    <Alert variant="light" title="Your session has ended" icon={<Clock size={16} aria-hidden />} role="status">
      Sign in again to go on where you were.
    </Alert>
  )
}

function Ways({ providers, password, returnTo }: SignInOptions & { readonly returnTo: string }) {
  if (providers.length === 0 && !password) {
    return (
      <Text size="sm">
        There is no way to sign in yet. The people who run this platform name an identity provider in the file of
        KAAS_SIGN_IN_FILE, or a password in that of KAAS_BOOTSTRAP_PASSWORD_FILE.
      </Text>
    )
  }
  return (
    <>
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          component="a"
          href={`/v1/sign-in/provider/${encodeURIComponent(id)}?${new URLSearchParams({ returnTo })}`}
        >
          {name}
        </Button>
      ))}
      {providers.length > 0 && password && <Divider label="or as the bootstrap administrator" />}
      {password && <PasswordForm isOnlyWay={providers.length === 0} />}
    </>
  )
}
