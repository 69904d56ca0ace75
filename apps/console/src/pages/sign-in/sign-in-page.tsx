// SPDX-License-Identifier: Apache-2.0
/** Where somebody comes in: by a provider of the company, or as the bootstrap administrator. */
import { Button, Center, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useUrlState } from '../../browser/use-url-state.ts'
import { signInOptionsQuery, useSignInByPassword } from '../../data/session.ts'
import { Failed, QueryStates } from '../../parts/states.tsx'

const URL_STATE = { returnTo: '/' }

export function SignInPage() {
  const options = useQuery(signInOptionsQuery)
  const [{ returnTo }] = useUrlState(URL_STATE)
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w={380}>
        <Stack>
          <Title order={1}>Sign in to KaaS</Title>
          <QueryStates query={options}>
            {({ providers, password }) => (
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
                {password && <PasswordForm returnTo={returnTo} />}
              </>
            )}
          </QueryStates>
        </Stack>
      </Paper>
    </Center>
  )
}

function PasswordForm({ returnTo }: { readonly returnTo: string }) {
  const signIn = useSignInByPassword()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name: '', password: '' } })
  const enter = form.onSubmit((values) =>
    signIn.mutate(values, {
      // Only paths of the console: anything else could lead out of it.
      onSuccess: () => void navigate({ href: /^\/(?![/\\])/.test(returnTo) ? returnTo : '/' }),
    }),
  )
  return (
    <form onSubmit={enter}>
      <Stack gap="sm">
        <TextInput label="Name" autoComplete="username" required {...form.getInputProps('name')} />
        <PasswordInput label="Password" autoComplete="current-password" required {...form.getInputProps('password')} />
        {signIn.error !== null && <Failed error={signIn.error} />}
        <Button type="submit" loading={signIn.isPending} variant="default">
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
