// SPDX-License-Identifier: Apache-2.0
/** The form of a new token. */
import { Autocomplete, Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useMay, useSession } from '../../data/session.ts'
import { ownRolesQuery, useCreateToken } from '../../data/tokens.ts'
import { FailedLine } from '../../parts/failed-line.tsx'
import { EMPTY_FORM, LIVES, newTokenFrom, problemsIn, roleNames, type TokenForm } from './new-token.ts'

interface MakeTokenProps {
  readonly opened: boolean
  readonly onClose: () => void
  /** Gets the secret. */
  readonly onMade: (secret: string) => void
}

export function MakeToken({ opened, onClose, onMade }: MakeTokenProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Make a token" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Fields onClose={onClose} onMade={onMade} />
    </Modal>
  )
}

/** Lives while the dialog is open, so that the next one begins empty. */
function Fields({ onClose, onMade }: Omit<MakeTokenProps, 'opened'>) {
  const create = useCreateToken()
  const form = useForm<TokenForm>({ initialValues: EMPTY_FORM, validate: (values) => problemsIn(values) })
  const send = form.onSubmit((values) =>
    create.mutate(newTokenFrom(values), {
      onSuccess: ({ secret }) => {
        onMade(secret)
        onClose()
      },
    }),
  )
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <TextInput label="Name" placeholder="deploy pipeline" data-autofocus required {...form.getInputProps('name')} />
        <Whose form={form} />
        <Limits form={form} />
        <Select label="Valid for" allowDeselect={false} data={[...LIVES]} {...form.getInputProps('expiresIn')} />
        <FailedLine error={create.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface PartProps {
  readonly form: UseFormReturnType<TokenForm>
}

/** Tokens of machines are for those who may write Token somewhere. */
function Whose({ form }: PartProps) {
  const may = useMay()
  if (!may({ verb: 'write', kind: 'Token' })) return null
  const isMachine = form.values.kind === 'machine'
  return (
    <div>
      <SegmentedControl
        aria-label="Whose it is"
        fullWidth
        data={[
          { value: 'personal', label: 'Yours' },
          { value: 'machine', label: 'A machine’s' },
        ]}
        {...form.getInputProps('kind')}
      />
      <Text size="sm" c="dimmed" mt={4}>
        {isMachine
          ? 'It acts for itself and goes on when you leave. It may exactly what you choose here.'
          : 'It acts as you: it may what you may at that moment, and at most what you choose here.'}
      </Text>
    </div>
  )
}

function Limits({ form }: PartProps) {
  const { teams } = useSession()
  const own = useQuery(ownRolesQuery).data ?? []
  const { where } = form.values
  return (
    <>
      <Select label="Role, at most" allowDeselect={false} data={roleNames(own)} {...form.getInputProps('role')} />
      <SegmentedControl
        aria-label="Where it holds"
        fullWidth
        data={[
          { value: 'platform', label: 'Everywhere' },
          { value: 'team', label: 'In a team' },
          { value: 'tenant', label: 'In a tenant' },
        ]}
        {...form.getInputProps('where')}
      />
      {where !== 'platform' && (
        <Autocomplete
          label={where === 'team' ? 'Team' : 'Tenant'}
          required
          data={where === 'team' ? [...teams] : []}
          {...form.getInputProps('place')}
        />
      )}
    </>
  )
}
