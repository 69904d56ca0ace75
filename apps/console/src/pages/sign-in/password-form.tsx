// SPDX-License-Identifier: Apache-2.0
/** The bootstrap administrator's way in. */
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useSignInByPassword } from '../../data/session.ts'
import { FailedLine } from '../../parts/failed-line.tsx'

interface PasswordFormProps {
  /** Takes the focus then. */
  readonly isOnlyWay: boolean
}

export function PasswordForm({ isOnlyWay }: PasswordFormProps) {
  const signIn = useSignInByPassword()
  const form = useForm({ initialValues: { name: 'administrator', password: '' } })
  // The page leaves by itself as soon as there is a session.
  const enter = form.onSubmit((values) => signIn.mutate(values))
  return (
    <form onSubmit={enter}>
      <Stack gap="sm">
        <TextInput label="Name" autoComplete="username" required {...form.getInputProps('name')} />
        <PasswordInput
          label="Password"
          description="After npm start it is in .kaas/administrator-password"
          autoComplete="current-password"
          required
          autoFocus={isOnlyWay}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          {...form.getInputProps('password')}
        />
        <FailedLine error={signIn.error} />
        <Button type="submit" loading={signIn.isPending} variant={isOnlyWay ? 'filled' : 'default'}>
          Sign in
        </Button>
      </Stack>
    </form>
  )
}
